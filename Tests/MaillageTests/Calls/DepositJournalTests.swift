import Exchange
import Foundation
import Testing

@testable import Maillage

@Suite("The deposit journal")
struct DepositJournalTests {
    private final class Folder {
        let path: String
        init() throws {
            path = FileManager.default.temporaryDirectory.path + "/maillage-deposits-" + UUID().uuidString
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }
        deinit { try? FileManager.default.removeItem(atPath: path) }
        var journal: String { path + "/deposits.journal" }
        func bytes() -> [UInt8] { FileManager.default.contents(atPath: journal).map { [UInt8]($0) } ?? [] }
        func put(_ bytes: [UInt8]) throws { try Data(bytes).write(to: URL(fileURLWithPath: journal)) }
    }

    private static func entry(_ number: Int, length: Int = 40) throws -> DepositEntry {
        let text = String(repeating: "é\n", count: length / 3)
        return try #require(
            DepositEntry(
                key: "key-\(number)", receipt: Array("{\"number\":\(number)}".utf8), snapshot: Array(text.utf8)))
    }

    /// A journal of some entries, closed again, and where each ends.
    private static func written(_ folder: Folder, _ count: Int) async throws -> [Int] {
        let journal = try DepositJournal.open(folder.journal) { _ in false }.journal
        var ends: [Int] = []
        for number in 0..<count {
            try await journal.append(entry(number))
            ends.append(folder.bytes().count)
        }
        await journal.close()
        return ends
    }

    // RCPT-9
    @Test func whatWasAcknowledgedIsThereAgain() async throws {
        let folder = try Folder()
        _ = try await Self.written(folder, 3)
        let opening = try DepositJournal.open(folder.journal) { _ in false }
        #expect(try opening.missing == (0..<3).map { try Self.entry($0) })
        #expect(opening.cut == 0)
        try await opening.journal.append(Self.entry(3))
        let mode = try FileManager.default.attributesOfItem(atPath: folder.journal)[.posixPermissions] as? NSNumber
        #expect(mode?.intValue == 0o600)
    }

    // RCPT-9
    @Test func depositsThatArriveTogetherAreAllKept() async throws {
        let folder = try Folder()
        try await {
            let journal = try DepositJournal.open(folder.journal) { _ in false }.journal
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<400 {
                    group.addTask { try await journal.append(Self.entry(number, length: number * 9)) }
                }
                try await group.waitForAll()
            }
            await journal.close()
        }()
        let opening = try DepositJournal.open(folder.journal) { _ in false }
        #expect(opening.cut == 0)
        #expect(Set(opening.missing.map(\.key)) == Set((0..<400).map { "key-\($0)" }))
        #expect(opening.missing.count == 400)
    }

    // RCPT-9
    @Test func aJournalCutAnywhereKeepsItsWholeEntries() async throws {
        let folder = try Folder()
        let ends = try await Self.written(folder, 3)
        let whole = folder.bytes()
        for length in 0...whole.count {
            try folder.put(Array(whole.prefix(length)))
            let kept = ends.filter { $0 <= length }.count
            let opening = try DepositJournal.open(folder.journal) { _ in false }
            #expect(opening.missing.map(\.key) == (0..<kept).map { "key-\($0)" }, "cut at \(length)")
            let end = kept == 0 ? min(length, 20) : ends[kept - 1]
            #expect(opening.cut == (length < 20 ? 0 : length - end), "cut at \(length)")
            // What comes next is sealed after what was kept.
            if length % 29 == 0 {
                try await opening.journal.append(Self.entry(9))
                let read = DepositFrame.read(folder.bytes())
                #expect(read.entries.last?.key == "key-9" && read.entries.count == kept + 1)
            }
            await opening.journal.close()
        }
    }

    // RCPT-9: what does not hold is set aside, never thrown away.
    @Test func aChangedByteEndsWhatIsBelieved() async throws {
        let folder = try Folder()
        let ends = try await Self.written(folder, 3)
        let whole = folder.bytes()
        for place in 20..<whole.count {
            var altered = whole
            altered[place] ^= 0x10
            let kept = ends.filter { $0 <= place }.count
            let read = DepositFrame.read(altered)
            #expect(read.entries.count == kept, "byte \(place)")
            #expect(read.end == (kept == 0 ? 20 : ends[kept - 1]))
        }
    }

    // RCPT-9: a journal whose bytes were changed is refused and left as it is; what holds in it can be read.
    @Test func anAlteredJournalIsRefusedWhereverItWasChanged() async throws {
        let folder = try Folder()
        let ends = try await Self.written(folder, 3)
        let whole = folder.bytes()
        for place in 20..<whole.count {
            var altered = whole
            altered[place] ^= 0x11
            try folder.put(altered)
            let frame = ends.filter { $0 <= place }.count
            let start = frame == 0 ? 20 : ends[frame - 1]
            // The last length, made longer, cannot be told from an end that a power cut tore: it is set aside, not lost.
            if frame == 2, (0..<4).contains(place - start) { continue }
            #expect("byte \(place)") { try DepositJournal.open(folder.journal) { _ in false } } throws: { error in
                let words = (error as? DepositJournalProblem)?.description ?? ""
                return words.contains("altered at byte \(start)") && words.contains("deposits replay")
            }
            #expect(folder.bytes() == altered, "nothing was changed in it")
            let found = try DepositJournal.salvage(folder.journal)
            #expect(found.damages.contains { $0.contains(place) || $0.lowerBound == start }, "byte \(place)")
            #expect(found.entries.count >= 2, "byte \(place)")
        }
        #expect(FileManager.default.contents(atPath: folder.journal + ".cut") == nil)
    }

    @Test func aProgramThatIsBeingStartedKeepsNobodyOut() throws {
        let folder = try Folder()
        var file: DepositFile? = try DepositFile(folder.journal)
        // What a program has between its fork and its exec: every descriptor, this one with its lock.
        let name = try #require(
            try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").first {
                (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/" + $0)) == folder.journal
            })
        let copy = dup(try #require(Int32(name)))
        defer { close(copy) }
        #expect(try file?.size == 0)
        file = nil
        #expect(throws: Never.self) { _ = try DepositFile(folder.journal) }
    }

    // RCPT-9: a full second disk must not keep a site from starting again in the last hour of a call.
    @Test func aDiskThatTakesNothingMoreIsReadAndTheSiteStarts() async throws {
        let folder = try Folder()
        let ends = try await Self.written(folder, 3)
        let torn = Array(folder.bytes().prefix(ends[1] + 5))
        try folder.put(torn)
        // Where the torn end would go, nothing can be written.
        try FileManager.default.createDirectory(atPath: folder.journal + ".cut", withIntermediateDirectories: true)
        let opening = try DepositJournal.open(folder.journal) { _ in false }
        #expect(opening.missing.map(\.key) == ["key-0", "key-1"])
        #expect(opening.cut == 0)
        #expect(opening.journal.failure != nil)
        await #expect(throws: DepositJournalProblem.self) { try await opening.journal.append(Self.entry(3)) }
        #expect(folder.bytes() == torn)
        await opening.journal.close()
        try FileManager.default.removeItem(atPath: folder.journal + ".cut")
        let again = try DepositJournal.open(folder.journal) { _ in false }
        #expect(again.cut == 5 && again.journal.failure == nil)
    }

    // RCPT-9: blocks that a power cut left unwritten hold zeros.
    @Test func anEndOfUnwrittenBlocksIsSetAside() async throws {
        let folder = try Folder()
        let ends = try await Self.written(folder, 3)
        let whole = folder.bytes()
        for start in [ends[1], ends[1] + 36, ends[1] + 50] {
            var torn = whole
            for place in start..<torn.count { torn[place] = 0 }
            try folder.put(torn)
            let opening = try DepositJournal.open(folder.journal) { _ in false }
            #expect(opening.count == 2 && opening.cut == whole.count - ends[1], "from \(start)")
            await opening.journal.close()
            #expect(folder.bytes().count == ends[1])
        }
    }

    // RCPT-9: the same deposit, asked for by several requests, is written once, and each waits for it.
    @Test func anEntryIsWrittenOnce() async throws {
        let folder = try Folder()
        let journal = try DepositJournal.open(folder.journal) { _ in false }.journal
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<200 {
                group.addTask {
                    try await journal.append(Self.entry(number % 10))
                    #expect(journal.holds("key-\(number % 10)"))
                }
            }
            try await group.waitForAll()
        }
        await journal.close()
        let opening = try DepositJournal.open(folder.journal) { _ in false }
        #expect(opening.count == 10 && Set(opening.missing.map(\.key)).count == 10)
    }

    // RCPT-9: entries cannot be taken out or change places.
    @Test func theChainShowsWhatWasTakenOut() async throws {
        let folder = try Folder()
        let ends = try await Self.written(folder, 3)
        let whole = folder.bytes()
        let without = Array(whole[..<ends[0]]) + Array(whole[ends[1]...])
        #expect(DepositFrame.read(without).entries.map(\.key) == ["key-0"])
    }

    // RCPT-9
    @Test func oneProcessHoldsTheJournalAndOtherFilesAreRefused() throws {
        let folder = try Folder()
        let opening = try DepositJournal.open(folder.journal) { _ in false }
        #expect(throws: DepositJournalProblem.self) { try DepositJournal.open(folder.journal) { _ in false } }
        #expect(opening.journal.failure == nil)
        try Data("hello\n".utf8).write(to: URL(fileURLWithPath: folder.path + "/other"))
        #expect(throws: DepositJournalProblem.self) { try DepositJournal.open(folder.path + "/other") { _ in false } }
        #expect(FileManager.default.contents(atPath: folder.path + "/other") == Data("hello\n".utf8))
        #expect(throws: DepositJournalProblem.self) {
            try DepositJournal.open(folder.path + "/no/journal") { _ in false }
        }
        #expect(DepositEntry(key: "k", receipt: [0xFF], snapshot: []) == nil)
        #expect(DepositEntry(key: "k", receipt: [0], snapshot: []) == nil)
    }

    // RCPT-9: after one failure nothing is acknowledged, whatever the disk says next.
    @Test func aFailureStopsTheAcknowledging() async throws {
        let folder = try Folder()
        _ = try await Self.written(folder, 1)
        let length = folder.bytes().count
        let descriptor = open(folder.journal, O_RDONLY)
        #expect(descriptor >= 0)
        let journal = DepositJournal(descriptor: descriptor, path: folder.journal, seal: DepositFrame.firstSeal)
        for number in 1...3 {
            await #expect(throws: DepositJournalProblem.self) { try await journal.append(Self.entry(number)) }
        }
        #expect(journal.failure != nil)
        #expect(folder.bytes().count == length)
    }

    // RCPT-9
    @Test func aClosedJournalTakesNothingMore() async throws {
        let folder = try Folder()
        let journal = try DepositJournal.open(folder.journal) { _ in false }.journal
        await journal.close()
        await #expect(throws: DepositJournalProblem.self) { try await journal.append(Self.entry(1)) }
        #expect(try DepositJournal.open(folder.journal) { _ in false }.missing.isEmpty)
    }
}
