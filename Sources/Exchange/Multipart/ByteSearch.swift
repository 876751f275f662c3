#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Finds bytes in bytes.
enum ByteSearch {
    /// The first index from `start` on where `needle`, which is not empty, stands whole.
    static func index(of needle: [UInt8], in haystack: [UInt8], from start: Int) -> Int? {
        guard let first = needle.first, start >= 0, needle.count <= haystack.count - start else { return nil }
        return haystack.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return nil }
            let last = bytes.count - needle.count
            var index = start
            while index <= last {
                // memchr goes at the speed of memory; a file seldom holds a carriage return.
                guard let hit = memchr(base + index, Int32(first), last - index + 1) else { return nil }
                index = UnsafeRawPointer(hit) - base
                if bytes[index..<index + needle.count].elementsEqual(needle) { return index }
                index += 1
            }
            return nil
        }
    }
}
