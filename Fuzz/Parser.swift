import Foundation

/// A reader of bytes that come from outside, and what must hold whatever these bytes are.
///
/// It may refuse them. It may not trap, read beyond them, take long, or answer two things of the same bytes.
struct Parser: Sendable {
    let name: String
    /// Well-formed inputs, written by the project itself: what the fuzzer begins with.
    let seeds: @Sendable () -> [[UInt8]]
    let read: @Sendable ([UInt8]) -> Void

    init(
        _ name: String, seeds: @escaping @Sendable () -> [[UInt8]], read: @escaping @Sendable ([UInt8]) -> Void
    ) {
        self.name = name
        self.seeds = seeds
        self.read = read
    }

    /// For inputs that are text: what is not UTF-8 is left to the readers of bytes.
    init(_ name: String, texts: [String], read: @escaping @Sendable (String) -> Void) {
        self.init(name) {
            texts.map { Array($0.utf8) }
        } read: { bytes in
            if let text = String(validating: bytes, as: UTF8.self) { read(text) }
        }
    }

    static let all: [Parser] =
        tables + notations + packages + documents + requests + moments + forms + deposits + imports + words

    /// The positive control: it reads one byte beyond what it was given, behind a word that chance alone does not find. A fuzzer
    /// that does not see it sees nothing (`setup/fuzz.sh` tries it first).
    static let planted = Parser("planted") {
        [Array("nothing".utf8)]
    } read: { bytes in
        // Byte by byte, and here: what the standard library compares in a loop, the fuzzer does not follow.
        guard bytes.count > 4, bytes[0] == 0x6D, bytes[1] == 0x61, bytes[2] == 0x69, bytes[3] == 0x6C else { return }
        bytes.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return }
            mustHold(start[bytes.count + 16] == start[bytes.count + 16], "a byte is itself")
        }
    }
}

/// Ends the trial with what was expected; libFuzzer keeps the input.
func mustHold(_ condition: Bool, _ expected: @autoclosure () -> String) {
    if condition { return }
    FileHandle.standardError.write(Data("fuzz: \(expected())\n".utf8))
    abort()
}

/// What a reading gives; nil when it refuses. Whatever it throws is a refusal.
func given<Value>(_ read: () throws -> Value) -> Value? { try? read() }

extension [UInt8] {
    /// The same bytes in two pieces, cut where they say themselves.
    var halves: [[UInt8]] {
        let cut = isEmpty ? 0 : reduce(0) { ($0 &* 31 &+ Int($1)) & 0xFFFF } % (count + 1)
        return [Array(prefix(cut)), Array(dropFirst(cut))]
    }

    /// One byte after the other.
    var crumbs: [[UInt8]] { map { [$0] } }
}
