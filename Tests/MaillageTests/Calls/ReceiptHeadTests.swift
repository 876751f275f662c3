import Exchange
import Testing

@testable import Maillage

@Suite("Heads of receipts")
struct ReceiptHeadTests {
    private static func bytes(_ hexadecimal: String) -> [UInt8] {
        let digits = Array(hexadecimal.utf8).map { $0 < 58 ? $0 - 48 : $0 - 87 }
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }

    /// The inputs and roots that implementations of RFC 6962 share.
    private static let inputs = [
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    ].map(bytes)
    private static let roots = [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]

    // RCPT-8
    @Test func theTreeIsThatOfRFC6962() {
        for count in 0...8 {
            #expect(MerkleTree(contents: Self.inputs.prefix(count)).root.text == Self.roots[count])
        }
    }

    // RCPT-8
    @Test func everyLeafIsProvedAndNothingElse() throws {
        for count in 1...33 {
            let contents = (0..<count).map { [UInt8($0), 7] }
            let tree = MerkleTree(contents: contents)
            for index in 0..<count {
                let leaf = MerkleTree.leaf(contents[index])
                let proof = try #require(tree.proof(of: index))
                func holds(
                    _ leaf: Fingerprint, _ index: Int, _ count: Int, _ proof: [Fingerprint], _ root: Fingerprint
                ) -> Bool {
                    MerkleTree.verify(leaf: leaf, index: index, count: count, proof: proof, root: root)
                }
                #expect(holds(leaf, index, count, proof, tree.root))
                #expect(!holds(MerkleTree.leaf([9]), index, count, proof, tree.root))
                #expect(!holds(leaf, index + 1, count, proof, tree.root))
                #expect(!holds(leaf, index, count, proof + [leaf], tree.root))
                #expect(!holds(leaf, index, count, proof, leaf) || count == 1)
                if !proof.isEmpty {
                    #expect(!holds(leaf, index, count, Array(proof.dropLast()), tree.root))
                    #expect(!holds(leaf, index, count, [leaf] + proof.dropFirst(), tree.root))
                }
            }
            #expect(tree.proof(of: count) == nil && tree.proof(of: -1) == nil)
        }
    }

    // RCPT-8
    @Test func aReceiptIsProvedAgainstThePublishedHead() throws {
        let world = try ReceiptWorld()
        let day = try #require(CivilDate(iso: "2020-10-16"))
        let receipts = try (1...5).map { try world.keys.sign(ReceiptWorld.receipt(number: $0)) }
        let late = try world.keys.sign(ReceiptWorld.receipt(number: 6))
        let first = try world.keys.sign(
            ReceiptHead(date: day, receipts: receipts, after: nil, issuedAt: ReceiptWorld.start + .days(40)))
        let second = try world.keys.sign(
            ReceiptHead(
                date: day.adding(days: 1), receipts: [late], after: first, issuedAt: ReceiptWorld.start + .days(41)))
        let third = try world.keys.sign(
            ReceiptHead(
                date: day.adding(days: 2), receipts: [], after: second, issuedAt: ReceiptWorld.start + .days(42)))
        let verifier = ReceiptVerifier(keys: world.keys.all)
        #expect(verifier.holds(chain: [first, second, third]))
        #expect(third.head.total == 6 && third.head.count == 0)
        #expect(!verifier.holds(chain: [first, third]))
        #expect(!verifier.holds(chain: [second, first, third]))
        for index in receipts.indices {
            let proof = try #require(ReceiptProof(of: index, in: receipts, head: first))
            #expect(verifier.holds(proof, of: receipts[index]))
            #expect(!verifier.holds(proof, of: late))
            #expect(try #require(ReceiptProof(fileBytes: proof.fileBytes)) == proof)
        }
        #expect(ReceiptProof(of: 0, in: [late], head: first) == nil)
        #expect(ReceiptProof(of: 5, in: receipts, head: first) == nil)
        #expect(!ReceiptVerifier(keys: []).holds(first))
    }

    // RCPT-8
    @Test func aChangedBitOfAHeadShows() throws {
        let world = try ReceiptWorld()
        let day = try #require(CivilDate(iso: "2020-10-16"))
        let receipts = [try world.keys.sign(ReceiptWorld.receipt())]
        let head = try world.keys.sign(
            ReceiptHead(date: day, receipts: receipts, after: nil, issuedAt: ReceiptWorld.start + .days(40)))
        let verifier = ReceiptVerifier(keys: world.keys.all)
        #expect(SignedHead(fileBytes: head.fileBytes) == head)
        for place in head.fileBytes.indices {
            var altered = head.fileBytes
            altered[place] ^= 1 << (place % 8)
            #expect(SignedHead(fileBytes: altered).map(verifier.holds) != true, "byte \(place)")
        }
        let proof = try #require(ReceiptProof(of: 0, in: receipts, head: head))
        for place in proof.fileBytes.indices {
            var altered = proof.fileBytes
            altered[place] ^= 1
            let read = ReceiptProof(fileBytes: altered)
            #expect(read.map { verifier.holds($0, of: receipts[0]) } != true, "byte \(place)")
        }
    }
}
