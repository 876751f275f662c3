import Exchange
import Forms
import Foundation
import Testing
import Workbench

@testable import Maillage
@testable import MaillageWeb

#if canImport(Glibc)
    import Glibc
#endif

/// A long document through the protocol of pieces, on the program itself: what the server holds in memory does not grow with it.
@Suite(.serialized) struct LongUploadBatteryTests {
    /// What the page sends at once.
    private static let piece = 4 << 20
    /// What an upload may add to the peak of the server's memory, in kilobytes, however long it is.
    private static let room = 24_000

    /// The highest resident memory of a process so far, in kilobytes.
    private static func peak(_ program: Program) throws -> Int {
        let text = Program.text("/proc/\(program.pid)/status")
        let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
        return try #require(line.split { !$0.isNumber }.first.flatMap { Int($0) })
    }

    private static func draft(_ site: StandingSite) async throws -> Candidacy.ID {
        let form = Form(
            key: "dossier", title: "Dossier",
            sections: [
                FormSection(
                    "pieces", "Les pièces",
                    questions: [
                        Question(
                            "plan", "Plan", .attachment(AttachmentRules([.pdf], maxBytes: 290_000_000, maxCount: 3)))
                    ])
            ])
        let head = LetterHead(networkName: "Essai", baseURL: "http://127.0.0.1", contactEmail: "aide@reseau.test")
        return try await withDatabase(site.file) { database in
            let desk = Desk(database: database, surroundings: .live())
            var call = try await desk.perform(CreateCall(title: "Appel", nature: .interest), as: .house)
            let soon = Instant(seconds: Int64(Date().timeIntervalSince1970))
            var calendar = CallCalendar()
            calendar.waves = [
                CallWave(
                    id: desk.surroundings.identifier(), closesAt: soon + .days(30),
                    words: "dans trente jours")
            ]
            let identity = CallIdentity(
                title: "Appel", nature: .interest, organiser: "L’agglomération", service: "Service numérique",
                email: "ami@agglo.example", summary: "Repérer les projets.")
            for section: CallSection in [
                .identity(identity), .calendar(calendar), .criteria([CallCriterion("", "Ancrage", weight: 1)]),
            ] {
                call = try await desk.perform(
                    EditCall(call: call.id, version: call.version, section: section), as: .house)
            }
            _ = try await desk.perform(
                SetCallForm(
                    call: call.id, title: "Dossier", definition: String(decoding: FormFile.write(form), as: UTF8.self)),
                as: .house)
            call = try await desk.perform(PublishCall(call: call.id, version: call.version, head: head), as: .house)
            let person = Principal(account: site.people[0].account, name: "Ada", grants: [])
            return try await desk.perform(StartCandidacy(call: call.id, shelf: CandidacyFormShelf()), as: person).id
        }
    }

    /// Sends a document of so many bytes, piece by piece; answers how long it took.
    private static func send(
        _ size: Int, named name: String, _ caller: Caller, _ draft: Candidacy.ID, _ who: StandingSite.Person
    ) async throws -> Duration {
        let start = ContinuousClock.now
        let (first, last) = (Array("%PDF-1.4\n%".utf8), Array("\n%%EOF\n".utf8))
        let begun = try await caller.post(
            "/candidatures/\(draft.text)/envois",
            [("question", "plan"), ("nom", name), ("taille", String(size))], as: who)
        #expect(begun.status == 201, "\(begun.text)")
        let state = try JSONValue.parse(begun.body)
        let (address, token) = (
            try #require(state["address"]?.string), try #require(state["token"]?.string)
        )
        var hash = RunningDigest()
        let filling = [UInt8](repeating: 0x61, count: Self.piece)
        var offset = 0
        while offset < size {
            var bytes = Array(filling.prefix(min(Self.piece, size - offset)))
            if offset == 0 { bytes.replaceSubrange(0..<first.count, with: first) }
            if offset + bytes.count == size {
                bytes.replaceSubrange(bytes.count - last.count..<bytes.count, with: last)
            }
            hash.update(bytes)
            let sent = try await caller.ask(
                "PATCH", address,
                headers: [
                    "Upload-Offset": String(offset), "X-Maillage-Token": token, "Origin": caller.origin,
                    "Sec-Fetch-Site": "same-origin", "Content-Type": "application/octet-stream",
                ], body: bytes, session: who.session)
            offset += bytes.count
            #expect(sent.status == 200 && sent["upload-offset"] == String(offset), "\(sent.status) \(sent.text)")
        }
        let finished = try await caller.post(address, [("sha256", hash.digest.text)], as: who)
        #expect(finished.status == 200 && finished.text.contains(name), "\(finished.text)")
        return ContinuousClock.now - start
    }

    // ATT-11
    @Test func aLongUploadTakesNoMoreMemoryThanAShortOne() async throws {
        let size = Battery.count(short: 32_000_000, long: 200_000_000)
        try await withFolder { folder in
            let site = try await StandingSite(folder + "/data", people: 1)
            let draft = try await Self.draft(site)
            let program = try Program(site.arguments)
            let caller = Caller(port: try await program.port())
            // What the first upload of a process costs once is no growth.
            _ = try await Self.send(5_000_000, named: "court.pdf", caller, draft, site.people[0])
            let before = try Self.peak(program)
            let spent = try await Self.send(size, named: "long.pdf", caller, draft, site.people[0])
            let after = try Self.peak(program)
            print("upload of \(size / 1_000_000) MB: \(spent), peak memory \(before) kB then \(after) kB")
            #expect(after - before <= Self.room, "\(before) kB, then \(after) kB")
            #expect(after > 0 && before > 10_000, "the measure is one")
            program.signal(SIGTERM)
            #expect(await program.end(within: 120) == 0)
            let files = try await withDatabase(site.file) { database in
                try await database.read { try CandidacyFileStore.files(of: draft, $0) }
            }
            #expect(files.map(\.size).sorted() == [5_000_000, size])
        }
    }
}
