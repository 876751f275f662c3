import CZlib

/// The gzip format (RFC 1952).
public enum Gzip {
    /// The bytes compressed.
    ///
    /// - Parameter level: 1, fast, to 9, small.
    public static func compress(_ bytes: [UInt8], level: Int = 6) throws(CompressionProblem) -> [UInt8] {
        let stream = try DeflateStream(.gzip, level: level)
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count / 3 + 64)
        do {
            try bytes.withUnsafeBytes { try stream.write($0, finish: true, to: &output) }
        } catch let problem as CompressionProblem {
            throw problem
        } catch {
            throw .invalidData
        }
        return output
    }

    /// The bytes decompressed, all the members of the file one after the other.
    ///
    /// - Throws: `CompressionProblem.tooLong` as soon as more than `maxBytes` would come out.
    public static func decompress(_ bytes: [UInt8], maxBytes: Int) throws(CompressionProblem) -> [UInt8] {
        try decompress(bytes, .gzip, maxBytes: maxBytes)
    }

    /// The same for any format of ours: an entry of a ZIP file is `raw`, and ends at its first member.
    static func decompress(
        _ bytes: [UInt8], _ format: DeflateFormat, maxBytes: Int
    ) throws(CompressionProblem) -> [UInt8] {
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        defer {
            inflateEnd(stream)
            stream.deinitialize(count: 1)
            stream.deallocate()
        }
        let code = maillage_inflate_init(stream, format.rawValue)
        guard code == Z_OK else { throw .unavailable(code: code) }
        var output: [UInt8] = []
        let problem: CompressionProblem? = bytes.withUnsafeBufferPointer { input in
            inflate(input, stream, maxBytes, &output)
        }
        if let problem { throw problem }
        return output
    }

    /// Inflates everything; answers what went wrong.
    private static func inflate(
        _ input: UnsafeBufferPointer<UInt8>, _ stream: UnsafeMutablePointer<z_stream>, _ maxBytes: Int,
        _ output: inout [UInt8]
    ) -> CompressionProblem? {
        var offset = 0
        while true {
            let piece = UnsafeBufferPointer(rebasing: input[offset...].prefix(1 << 30))
            stream.pointee.next_in = UnsafeMutablePointer(mutating: piece.baseAddress)
            stream.pointee.avail_in = UInt32(truncatingIfNeeded: piece.count)
            var code = Z_OK
            let capacity = 65_536
            let block = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
                stream.pointee.next_out = buffer.baseAddress
                stream.pointee.avail_out = UInt32(capacity)
                code = CZlib.inflate(stream, Z_NO_FLUSH)
                count = capacity - Int(stream.pointee.avail_out)
            }
            offset += piece.count - Int(stream.pointee.avail_in)
            guard output.count + block.count <= maxBytes else { return .tooLong(limit: maxBytes) }
            output += block
            switch code {
            case Z_STREAM_END:
                guard offset < input.count else { return nil }
                guard inflateReset(stream) == Z_OK else { return .invalidData }
            case Z_OK: continue
            case Z_BUF_ERROR:
                // No progress: the input is at its end, the format is not.
                return .unexpectedEnd
            default: return .invalidData
            }
        }
    }
}
