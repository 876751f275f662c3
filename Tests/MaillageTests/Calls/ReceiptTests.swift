import Exchange
import Testing

@testable import Maillage

@Suite("A receipt and its signature")
struct ReceiptTests {
    // RCPT-1
    @Test func theVerdictFollowsFromTheInstants() throws {
        let limit = try #require(ReceiptWorld.deadline()).limit
        #expect(ReceiptWorld.receipt().verdict == .onTime)
        #expect(ReceiptWorld.receipt(arrival: Instant(microseconds: limit.microseconds - 1)).verdict == .onTime)
        #expect(ReceiptWorld.receipt(arrival: limit).verdict == .late)
        #expect(ReceiptWorld.receipt(arrival: limit + .hours(1)).verdictWords == "déposé hors délai")
        let words = ReceiptWorld.receipt().arrivalWords.replacing("\u{A0}", with: " ")
        #expect(words == "vendredi 16 octobre 2020 à 23 h 41 min 07 s (heure de Paris)")
    }

    // RCPT-2
    @Test func theSignedBytesHaveOneWriting() throws {
        let world = try ReceiptWorld()
        let signed = try world.keys.sign(ReceiptWorld.receipt())
        let text = String(decoding: signed.signedBytes, as: UTF8.self)
        #expect(
            text.hasPrefix(#"{"answers_sha256":"44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a","#))
        #expect(text.contains(#""arrival":{"instant":"2020-10-16T21:41:07.123000Z","words":""#))
        #expect(text.contains(#""name":"statuts\u001f.pdf""#))
        #expect(text.contains(#""verdict":"on_time""#))
        #expect(CanonicalJSON.read(signed.signedBytes) != nil)
        // The same facts, texts decomposed, make the same bytes.
        var other = ReceiptWorld.receipt()
        other.depositor = "Zoe\u{301} Dubois"
        #expect(try world.keys.sign(other).signedBytes == signed.signedBytes)
        let read = try SignedReceipt(fileBytes: signed.fileBytes + [0x0D, 0x0A])
        #expect(read == signed)
        #expect(read.receipt.files == ReceiptWorld.receipt().files)
        #expect(read.receipt.legal == ReceiptWorld.receipt().legal)
        #expect(read.fileName == "recepisse-ami-tiers-lieux-12")
    }

    // RCPT-2
    @Test func aReceiptWithLittleOnItReadsBackToo() throws {
        let world = try ReceiptWorld()
        var receipt = Receipt(
            id: "a", number: 1, network: "n", address: "http://n", call: ReceiptWorld.receipt().call, candidacy: "c",
            version: 1, depositor: "d", structure: nil, arrival: ReceiptWorld.start, deadline: nil, files: [],
            answersFingerprint: Fingerprint(of: []), issuedAt: ReceiptWorld.start)
        receipt.channel = .post
        receipt.call.wave = nil
        let signed = try world.keys.sign(receipt)
        #expect(receipt.verdict == .unlimited)
        let check = ReceiptVerifier(keys: world.keys.all).verify(signed.fileBytes)
        #expect(check.isValid, "\(check.fault?.line ?? "")")
        #expect(check.signed == signed)
    }

    // RCPT-3
    @Test func aChangedBitShows() throws {
        let world = try ReceiptWorld()
        let file = try world.keys.sign(ReceiptWorld.receipt()).fileBytes
        let verifier = ReceiptVerifier(keys: world.keys.all)
        #expect(verifier.verify(file).isValid)
        var accepted: [Int] = []
        for place in file.indices {
            var altered = file
            altered[place] ^= 1 << (place % 8)
            if verifier.verify(altered).isValid { accepted.append(place) }
        }
        #expect(accepted.isEmpty, "accepted although byte \(accepted) changed, of \(file.count)")
        // Every bit of the signature, and every cut.
        let signature = try #require(String(decoding: file, as: UTF8.self).range(of: "\"signature\":\""))
        let start = String(decoding: file, as: UTF8.self).utf8.distance(
            from: String(decoding: file, as: UTF8.self).startIndex, to: signature.upperBound)
        for place in start..<file.count {
            for bit in 0..<8 {
                var altered = file
                altered[place] ^= 1 << bit
                #expect(!verifier.verify(altered).isValid, "byte \(place), bit \(bit)")
            }
        }
        for length in stride(from: 0, to: file.count, by: 7) {
            #expect(!verifier.verify(Array(file.prefix(length))).isValid)
        }
    }

    // RCPT-3: the same facts written in another way are told apart from a forgery.
    @Test func aReceiptWrittenAgainIsSaid() throws {
        let world = try ReceiptWorld()
        let signed = try world.keys.sign(ReceiptWorld.receipt())
        let text = String(decoding: signed.fileBytes, as: UTF8.self)
        let verifier = ReceiptVerifier(keys: world.keys.all)
        func fault(_ text: String) -> ReceiptCheck.Outcome? { verifier.verify(Array(text.utf8)).fault?.outcome }
        #expect(fault(text.replacing(",\"signature\"", with: ", \"signature\"")) == .unreadable(.rewritten))
        #expect(fault(text.replacing("\\u001f", with: "\\u001F")) == .unreadable(.rewritten))
        #expect(fault(text.replacing("on_time", with: "late")) == .wrongSignature)
        #expect(fault(text.replacing("\"number\":12", with: "\"number\":13")) == .wrongSignature)
        #expect(fault(text.replacing("\"number\":12", with: "\"number\":\"12\"")) == .unreadable(.malformed))
        #expect(fault(text.replacing("\"number\":12", with: "\"number\":12,\"numbes\":1")) == .unreadable(.malformed))
        #expect(fault(text.replacing("\"key\":\"", with: "\"key\":\"0")) == .unknownKey("0" + world.keys.current.id))
        #expect(fault("{}") == .unreadable(.notAReceipt))
        #expect(fault(String(repeating: "[", count: 100_000)) == .unreadable(.notAReceipt))
        #expect(fault(String(repeating: " ", count: Receipt.longest * 2)) == .unreadable(.tooLong))
    }

    // RCPT-4
    @Test func filesAreCompared() throws {
        let world = try ReceiptWorld()
        let signed = try world.keys.sign(ReceiptWorld.receipt())
        let verifier = ReceiptVerifier(keys: world.keys.all)
        func candidate(_ name: String, _ content: String) -> ReceiptVerifier.Candidate {
            ReceiptVerifier.Candidate(
                name: name, size: content.utf8.count, fingerprint: Fingerprint(of: Array(content.utf8)))
        }
        let good = verifier.verify(signed, files: [candidate("b.ods", "budget\n"), candidate("dossier.pdf", "pdf")])
        #expect(good.isValid)
        #expect(good.checks.map(\.outcome).contains(.file("b.ods", "Budget « 2021 ».ods")))
        #expect(good.checks.map(\.outcome).contains(.document("dossier.pdf")))
        #expect(good.checks.last?.outcome == .filesNotShown(["statuts\u{1F}.pdf"]))
        let bad = verifier.verify(signed, files: [candidate("b.ods", "budget"), candidate("r.json", "{}")])
        #expect(bad.fault?.outcome == .strangeFile("b.ods"))
        #expect(bad.checks.map(\.outcome).contains(.answers("r.json")))
    }

    // RCPT-5
    @Test func aKeyCountsWhileItWasInUse() throws {
        let world = try ReceiptWorld()
        let first = try world.keys.sign(ReceiptWorld.receipt())
        let change = Instant(seconds: 1_602_890_000)
        let second = try ReceiptKeys.rotate(dataDirectory: world.folder, now: change, secret: ReceiptWorld.chance)
        #expect(second.all.count == 2 && second.all[0].until == change && second.current.until == nil)
        let verifier = ReceiptVerifier(keys: second.all)
        #expect(verifier.verify(first).isValid)
        // The old key, still in the hands of the old process, dates a receipt after its time.
        let late = try world.keys.sign(ReceiptWorld.receipt(arrival: change + .hours(1)))
        #expect(verifier.verify(late).fault?.outcome == .keyOutOfTime(world.keys.current.id))
        let next = try second.sign(ReceiptWorld.receipt(arrival: change + .hours(1)))
        #expect(verifier.verify(next).isValid)
        #expect(ReceiptVerifier(keys: world.keys.all).verify(next).fault?.outcome == .unknownKey(second.current.id))
    }

    // RCPT-6
    @Test func theLegalMentionsSayWhatSilenceMeans() {
        let arrival = Instant(seconds: 1_609_372_800)  // 31 December 2020, 00:00 UTC
        let words = LegalMentions.silenceWords(.rejects, months: 2, from: arrival)
        #expect(
            words == "À défaut de réponse le 28 février 2021 au plus tard, votre demande sera considérée comme rejetée."
        )
        let month = LegalMentions.silenceWords(.accepts, months: 1, from: arrival, zone: .polynesie)
        #expect(month.contains("30 janvier 2021") && month.hasSuffix("acceptée."))
    }
}
