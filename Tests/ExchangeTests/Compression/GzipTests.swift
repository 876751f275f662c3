import Exchange
import Testing

@Suite("Gzip") struct GzipTests {
    static let text = Array(String(repeating: "Le tiers-lieu de Lille, ouvert le lundi. ", count: 20_000).utf8)

    @Test func whatIsCompressedComesBack() throws {
        for bytes in [[], [0], Self.text] {
            for level in [1, 6, 9] {
                let packed = try Gzip.compress(bytes, level: level)
                #expect(packed.starts(with: [0x1F, 0x8B]))
                #expect(try Gzip.decompress(packed, maxBytes: bytes.count) == bytes)
            }
        }
        #expect(try Gzip.compress(Self.text).count < Self.text.count / 50)
    }

    @Test func severalMembersAreOneText() throws {
        let packed = try Gzip.compress("a".bytes) + Gzip.compress("b".bytes)
        #expect(try Gzip.decompress(packed, maxBytes: 10) == "ab".bytes)
    }

    @Test func aBombIsStoppedAtTheCap() throws {
        let packed = try Gzip.compress([UInt8](repeating: 0, count: 10_000_000))
        #expect(throws: CompressionProblem.tooLong(limit: 100_000)) { try Gzip.decompress(packed, maxBytes: 100_000) }
    }

    @Test func damagedOrCutBytesAreRefused() throws {
        let packed = try Gzip.compress(Array("un texte".utf8))
        for length in 0..<packed.count {
            #expect(throws: CompressionProblem.unexpectedEnd) {
                try Gzip.decompress(Array(packed[..<length]), maxBytes: 100)
            }
        }
        var damaged = packed
        damaged[packed.count - 5] ^= 1
        #expect(throws: CompressionProblem.invalidData) { try Gzip.decompress(damaged, maxBytes: 100) }
        #expect(throws: CompressionProblem.invalidData) { try Gzip.decompress("pas du gzip".bytes, maxBytes: 100) }
        #expect(throws: CompressionProblem.invalidData) { try Gzip.decompress(packed + [1, 2], maxBytes: 100) }
    }
}
