import CZlib

/// Why bytes cannot be compressed or decompressed.
public enum CompressionProblem: Error, Sendable, Equatable {
    /// Not in the announced format, or damaged.
    case invalidData
    /// The data ends before its format does.
    case unexpectedEnd
    /// The output would be longer than allowed: perhaps a bomb.
    case tooLong(limit: Int)
    /// zlib refuses to start: no memory, or a wrong level.
    case unavailable(code: Int32)
}

/// How compressed bytes are wrapped; the numbers are zlib's window bits.
enum DeflateFormat: Int32 {
    case gzip = 31
    case raw = -15
}

/// One zlib stream that compresses. A class, since zlib keeps the address of its state.
final class DeflateStream {
    private let stream: UnsafeMutablePointer<z_stream>

    /// - Parameter level: 1, fast, to 9, small; others are brought to these bounds.
    init(_ format: DeflateFormat, level: Int) throws(CompressionProblem) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let code = maillage_deflate_init(stream, Int32(min(max(level, 1), 9)), format.rawValue)
        guard code == Z_OK else {
            // The instance is whole here, so `deinit` runs: deflateEnd on an idle stream is harmless.
            throw .unavailable(code: code)
        }
    }

    deinit {
        deflateEnd(stream)
        stream.deinitialize(count: 1)
        stream.deallocate()
    }

    /// Compresses the bytes and appends what comes out; `finish` also writes the end of the format.
    func write(_ bytes: UnsafeRawBufferPointer, finish: Bool, to output: inout [UInt8]) throws(CompressionProblem) {
        var rest = bytes[...]
        repeat {
            // zlib counts in 32 bits.
            let piece = rest.prefix(1 << 30)
            rest = rest.dropFirst(piece.count)
            try pump(
                UnsafeRawBufferPointer(rebasing: piece), flush: finish && rest.isEmpty ? Z_FINISH : Z_NO_FLUSH, &output)
        } while !rest.isEmpty
    }

    private func pump(_ piece: UnsafeRawBufferPointer, flush: Int32, _ output: inout [UInt8]) throws(CompressionProblem)
    {
        stream.pointee.next_in = UnsafeMutablePointer(
            mutating: piece.bindMemory(to: UInt8.self).baseAddress)
        stream.pointee.avail_in = UInt32(truncatingIfNeeded: piece.count)
        var code = Z_OK
        var room = 0
        repeat {
            let capacity = 65_536
            let block = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
                stream.pointee.next_out = buffer.baseAddress
                stream.pointee.avail_out = UInt32(capacity)
                code = deflate(stream, flush)
                room = Int(stream.pointee.avail_out)
                count = capacity - room
            }
            guard code != Z_STREAM_ERROR else { throw .invalidData }
            output += block
        } while room == 0
    }
}
