import CZlib

/// The checksum of ZIP and gzip (ISO 3309), over bytes that come piece by piece.
public struct CRC32: Sendable, Equatable {
    private var state: UInt = 0

    public init() {}

    public var value: UInt32 { UInt32(truncatingIfNeeded: state) }

    public mutating func update(_ bytes: [UInt8]) {
        bytes.withUnsafeBufferPointer { buffer in
            var rest = buffer[...]
            while !rest.isEmpty {
                // zlib counts in 32 bits.
                let piece = UnsafeBufferPointer(rebasing: rest.prefix(1 << 30))
                state = crc32(state, piece.baseAddress, UInt32(truncatingIfNeeded: piece.count))
                rest = rest.dropFirst(piece.count)
            }
        }
    }
}
