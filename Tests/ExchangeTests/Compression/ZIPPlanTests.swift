import Testing
import Workbench

@testable import Exchange

/// Items whose bytes are told by where they are, so that files of many gigabytes need no disk.
private struct Pattern: ZIPSource {
    let plan: ZIPPlan

    static func byte(_ item: Int, _ offset: Int) -> UInt8 { UInt8(truncatingIfNeeded: offset / 4_096 &+ item &* 7) }

    func checksum(of item: Int) async throws -> UInt32 {
        guard plan.items[item].size < 1 << 20 else { return UInt32(item) &* 2_654_435_761 }
        var checksum = CRC32()
        checksum.update((0..<plan.items[item].size).map { Self.byte(item, $0) })
        return checksum.value
    }

    func content(of item: Int, from offset: Int) async throws -> Reading {
        Reading(item: item, size: plan.items[item].size, offset: offset)
    }

    final class Reading: ZIPContent, @unchecked Sendable {
        private let item: Int
        private let size: Int
        private var offset: Int

        init(item: Int, size: Int, offset: Int) {
            (self.item, self.size, self.offset) = (item, size, offset)
        }

        func next() async throws -> [UInt8]? {
            guard offset < size else { return nil }
            // One block of the pattern, or what is left of it.
            let count = min(4_096 - offset % 4_096, size - offset)
            defer { offset += count }
            return [UInt8](repeating: Pattern.byte(item, offset), count: count)
        }
    }
}

@Suite("A ZIP file made by parts") struct ZIPPlanTests {
    private func bytes(_ plan: ZIPPlan, _ range: Range<Int>) async throws -> [UInt8] {
        var pieces = plan.pieces(from: range, of: Pattern(plan: plan))
        var bytes: [UInt8] = []
        while let piece = try await pieces.next() {
            #expect(!piece.isEmpty)
            bytes += piece
        }
        return bytes
    }

    private static let small = [
        ZIPPlan.Item("LISEZ-MOI.txt", size: 12, modified: 1_790_000_000),
        ZIPPlan.Item("0001-la-fabrique/vide.pdf", size: 0, modified: 1_790_000_001),
        ZIPPlan.Item("0001-la-fabrique/été.pdf", size: 9_001, modified: 0),
        ZIPPlan.Item("0002/devis.pdf", size: 4_096, modified: 1_790_000_003),
    ]

    @Test("the whole is a ZIP file that our reader takes, with the contents it was given")
    func whole() async throws {
        let plan = try ZIPPlan(Self.small)
        let whole = try await bytes(plan, 0..<plan.length)
        #expect(whole.count == plan.length)
        let directory = try ZIPDirectory.read(size: whole.count) { Array(whole[$0.clamped(to: 0..<whole.count)]) }
        #expect(directory.entries.map(\.name) == Self.small.map(\.name))
        for (index, entry) in directory.entries.enumerated() {
            let content = try ZIPDirectory.content(of: entry, limit: 1 << 20) { Array(whole[$0]) }
            #expect(content == (0..<Self.small[index].size).map { Pattern.byte(index, $0) })
        }
    }

    @Test("two parts make the whole, wherever it is cut, and a part is the same bytes of the whole")
    func parts() async throws {
        let plan = try ZIPPlan(Self.small)
        let whole = try await bytes(plan, 0..<plan.length)
        let edges = Set(plan.starts + plan.records)
        let cuts = edges.flatMap { [$0 - 1, $0, $0 + 1, $0 + 29, $0 + 31] } + [1, plan.length / 2]
        for cut in cuts where cut > 0 && cut < plan.length {
            let (first, second) = (try await bytes(plan, 0..<cut), try await bytes(plan, cut..<plan.length))
            #expect(first + second == whole, "cut at \(cut)")
        }
        for start in stride(from: 0, to: plan.length, by: 211) {
            let range = start..<min(start + 307, plan.length)
            #expect(try await bytes(plan, range) == Array(whole[range]))
        }
        #expect(try await bytes(plan, plan.length..<plan.length + 9) == [])
    }

    /// The number of `width` bytes at a place, the lowest first.
    private func number(_ bytes: [UInt8], _ place: Int, _ width: Int) -> Int {
        (0..<width).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
    }

    @Test("beyond 4 GiB and 65,535 entries the records of ZIP64 lead to each file")
    func beyondFourGigabytes() async throws {
        let large = (0..<7).map { ZIPPlan.Item("gros/\($0).bin", size: 900_000_000 + $0, modified: 0) }
        let many = (0..<66_000).map { ZIPPlan.Item("petits/\($0).txt", size: $0 % 5, modified: 0) }
        let plan = try ZIPPlan(large + [ZIPPlan.Item("unique.bin", size: 5_000_000_000, modified: 0)] + many)
        #expect(plan.length > 11_000_000_000)
        let tail = try await bytes(plan, plan.length - 98..<plan.length)
        #expect([0, 56, 76].map { number(tail, $0, 4) } == [0x0606_4B50, 0x0706_4B50, 0x0605_4B50])
        #expect(number(tail, 24, 8) == plan.items.count && number(tail, 32, 8) == plan.items.count)
        #expect(number(tail, 64, 8) == plan.length - 98)
        #expect(number(tail, 86, 2) == 0xFFFF && number(tail, 92, 4) == 0xFFFF_FFFF)
        let (size, offset) = (number(tail, 40, 8), number(tail, 48, 8))
        #expect(offset + size == plan.length - 98)
        let directory = try await bytes(plan, offset..<offset + size)
        var place = 0
        for (index, item) in plan.items.enumerated() {
            #expect(number(directory, place, 4) == 0x0201_4B50)
            let (name, extra) = (number(directory, place + 28, 2), number(directory, place + 30, 2))
            guard index < 12 || index % 9_973 == 0 else {
                place += 46 + name + extra
                continue
            }
            #expect(String(decoding: directory[place + 46..<place + 46 + name], as: UTF8.self) == item.name)
            var (length, start) = (number(directory, place + 24, 4), number(directory, place + 42, 4))
            var field = place + 46 + name + 4
            if length == 0xFFFF_FFFF {
                length = number(directory, field, 8)
                field += 16
            }
            if start == 0xFFFF_FFFF { start = number(directory, field, 8) }
            #expect(length == item.size)
            let head = try await bytes(plan, start..<start + 30)
            #expect(number(head, 0, 4) == 0x0403_4B50 && number(head, 14, 4) == number(directory, place + 16, 4))
            let content = start + 30 + number(head, 26, 2) + number(head, 28, 2)
            if length > 0 {
                let last = try await bytes(plan, content + length - 1..<content + length)
                #expect(last == [Pattern.byte(index, length - 1)])
            }
            place += 46 + name + extra
        }
        #expect(place == size)
    }

    @Test("any part of many gigabytes is right")
    func partsOfManyGigabytes() async throws {
        let plan = try ZIPPlan((0..<40).map { ZIPPlan.Item("f/\($0).bin", size: 300_000_000 + $0, modified: 0) })
        let header = 30 + "f/0.bin".utf8.count
        for item in [0, 9, 17, 31] {
            let name = plan.items[item].name.utf8.count
            for inside in [0, 4_095, 4_096, 123_456_789, 299_999_900] {
                let start = plan.starts[item] + 30 + name + inside
                let part = try await bytes(plan, start..<start + 90)
                #expect(part == (inside..<inside + 90).map { Pattern.byte(item, $0) })
            }
        }
        #expect(header == 37)
    }

    @Test("a large part takes little memory") func memory() async throws {
        await #expect(processExitsWith: .success) {
            let plan = try ZIPPlan((0..<40).map { ZIPPlan.Item("f/\($0).bin", size: 300_000_000 + $0, modified: 0) })
            let before = Memory.resident()
            var pieces = plan.pieces(from: 4_000_000_000..<5_000_000_000, of: Pattern(plan: plan))
            var (count, highest) = (0, 0)
            while let piece = try await pieces.next() {
                count += piece.count
                highest = max(highest, Memory.resident() - before)
            }
            #expect(count == 1_000_000_000)
            #expect(highest < 20_000_000, "\(highest) bytes more")
        }
    }

    @Test("names that lead elsewhere or stand twice are refused, and a content that is cut short is told")
    func refusals() async throws {
        #expect(throws: ZIPProblem.invalidName("../a")) { try ZIPPlan([ZIPPlan.Item("../a", size: 0, modified: 0)]) }
        #expect(throws: ZIPProblem.duplicateName("A")) {
            try ZIPPlan([ZIPPlan.Item("a", size: 0, modified: 0), ZIPPlan.Item("A", size: 0, modified: 0)])
        }
        #expect(throws: ZIPProblem.tooLarge) { try ZIPPlan([ZIPPlan.Item("a", size: -1, modified: 0)]) }
        let told = try ZIPPlan([ZIPPlan.Item("a", size: 10_000, modified: 0)])
        let held = Pattern(plan: try ZIPPlan([ZIPPlan.Item("a", size: 9_000, modified: 0)]))
        var pieces = told.pieces(from: 0..<told.length, of: held)
        await #expect(throws: ZIPProblem.changed("a")) {
            while try await pieces.next() != nil {}
        }
    }

    @Test("a stored entry of the writer says its size before its content")
    func storedEntry() throws {
        let writer = ZIPWriter()
        try writer.addStored("mimetype", Array("abc".utf8), modified: 0)
        try writer.finish()
        let bytes = writer.take()
        #expect(number(bytes, 6, 2) == 1 << 11 && number(bytes, 18, 4) == 3 && number(bytes, 22, 4) == 3)
        #expect(Array(bytes[30..<41]) == Array("mimetypeabc".utf8))
        let directory = try ZIPDirectory.read(size: bytes.count) { Array(bytes[$0.clamped(to: 0..<bytes.count)]) }
        #expect(directory.entries.map(\.size) == [3])
    }
}
