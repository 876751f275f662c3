import Foundation
import Testing

@testable import Exchange

/// A file of zeros of any length, of which only what is no zero takes room.
private struct SparseFile {
    private var pieces: [(start: Int, bytes: [UInt8])] = []
    private(set) var size = 0

    mutating func append(_ bytes: [UInt8], isZero: Bool = false) {
        if !isZero { pieces.append((size, bytes)) }
        size += bytes.count
    }

    func read(_ range: Range<Int>) -> [UInt8] {
        let range = range.clamped(to: 0..<size)
        var found = [UInt8](repeating: 0, count: range.count)
        for (start, bytes) in pieces {
            let part = range.clamped(to: start..<start + bytes.count)
            if part.isEmpty { continue }
            found.replaceSubrange(
                part.lowerBound - range.lowerBound..<part.upperBound - range.lowerBound,
                with: bytes[part.lowerBound - start..<part.upperBound - start])
        }
        return found
    }
}

@Suite("ZIP64, written and read") struct WideZIPTests {
    private static func limits(readsZIP64: Bool = true) -> ZIPDirectory.Limits {
        var limits = ZIPDirectory.Limits()
        limits.entries = 1_000_000
        limits.unpacked = 1 << 40
        limits.directory = 64 << 20
        limits.readsZIP64 = readsZIP64
        return limits
    }

    private static func many(_ count: Int) throws -> [UInt8] {
        let writer = ZIPWriter()
        for number in 0..<count { try writer.addStored("f/\(number)", Array("\(number)".utf8), modified: 0) }
        try writer.finish()
        return writer.take()
    }

    @Test("more entries than 65,534 are written in ZIP64, and read by whoever allows it")
    func manyEntries() throws {
        for (count, isWide) in [(65_534, false), (65_535, true), (70_000, true)] {
            let bytes = try Self.many(count)
            let read: ZIPDirectory.Bytes = { Array(bytes[$0.clamped(to: 0..<bytes.count)]) }
            #expect(bytes[bytes.count - 42..<bytes.count - 38].elementsEqual([0x50, 0x4B, 6, 7]) == isWide)
            let directory = try ZIPDirectory.read(size: bytes.count, limits: Self.limits(), read)
            #expect(directory.entries.count == count)
            let last = try #require(directory.entries.last)
            #expect(try ZIPDirectory.content(of: last, limit: 99, read) == Array("\(count - 1)".utf8))
            if isWide {
                #expect(throws: ArchiveProblem.unsupported) {
                    try ZIPDirectory.read(size: bytes.count, limits: Self.limits(readsZIP64: false), read)
                }
            }
        }
    }

    @Test("beyond 4 GiB each entry is found again")
    func farEntries() throws {
        let writer = ZIPWriter()
        var file = SparseFile()
        let zeros = [UInt8](repeating: 0, count: 16 << 20)
        for number in 0..<6 {
            try writer.begin("gros/\(number).bin", modified: 0, method: .store)
            file.append(writer.take())
            for _ in 0..<50 {
                try writer.write(zeros)
                file.append(writer.take(), isZero: true)
            }
            try writer.end()
            try writer.add("petits/\(number).txt", Array("petit \(number)".utf8), modified: 0)
            file.append(writer.take())
        }
        try writer.finish()
        file.append(writer.take())
        #expect(file.size > 5_000_000_000)
        let directory = try ZIPDirectory.read(size: file.size, limits: Self.limits()) { file.read($0) }
        #expect(directory.entries.map(\.size).max() == 50 * 16 << 20)
        for number in 0..<6 {
            let entry = try #require(directory["petits/\(number).txt"])
            #expect(try ZIPDirectory.content(of: entry, limit: 99) { file.read($0) } == Array("petit \(number)".utf8))
        }
        let far = try #require(directory["petits/5.txt"])
        #expect(far.offset > 4 << 30)
        // The record of the last entry without its field of ZIP64, and with one that leads elsewhere.
        let end = file.size - 98
        for (place, byte) in [(end - 12, UInt8(2)), (end - 10, 7), (end - 8, 1), (end - 1, 0x80), (end - 1, 0x7F)] {
            var bytes = file.read(end - 200..<file.size)
            bytes[place - end + 200] = byte
            #expect(throws: ArchiveProblem.malformed) {
                try ZIPDirectory.read(size: file.size, limits: Self.limits()) { range in
                    var found = file.read(range)
                    for (index, byte) in bytes.enumerated() where range.contains(end - 200 + index) {
                        found[end - 200 + index - range.lowerBound] = byte
                    }
                    return found
                }
            }
        }
    }

    @Test("records of ZIP64 that say otherwise than the plain ones, or than each other, are refused")
    func lies() throws {
        let bytes = try Self.many(65_535)
        let end = bytes.count - 98
        func problem(_ change: (inout [UInt8]) -> Void) -> ArchiveProblem? {
            var changed = bytes
            change(&changed)
            do {
                _ = try ZIPDirectory.read(size: changed.count, limits: Self.limits()) {
                    Array(changed[$0.clamped(to: 0..<changed.count)])
                }
                return nil
            } catch {
                return error as? ArchiveProblem
            }
        }
        #expect(problem { _ in } == nil)
        // Its mark, the mark of what leads to it.
        for place in [end, end + 56] { #expect(problem { $0[place] ^= 1 } == .unsupported, "\(place)") }
        // Its length, disks, counts, size, start; the disk, the place and the number of disks of what leads to it.
        for place in [4, 11, 16, 20, 24, 31, 32, 39, 40, 47, 48, 55, 60, 64, 71, 72] {
            #expect(problem { $0[end + place] ^= 0x80 } == .malformed, "\(place)")
        }
        // The plain record: another count than all ones, another size, another start.
        for place in [88, 92] { #expect(problem { $0[end + place] ^= 0x10 } == .malformed, "\(place)") }
        #expect(problem { $0[end + 86] ^= 0x10 } == .unsupported)
        #expect(problem { $0.removeSubrange(end..<end + 1) } == .unsupported)
    }
}
