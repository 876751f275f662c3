#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Reads a file by pieces. Regular files only: a device or a directory has no places in it.
final class FileChunks {
    static let size = 1 << 18

    private let file: UnsafeMutablePointer<FILE>

    init(_ path: String) throws {
        var info = stat()
        guard stat(path, &info) == 0 else { throw PlaceImportRefusal("the file cannot be opened: \(Self.reason())") }
        guard info.st_mode & S_IFMT == S_IFREG else { throw PlaceImportRefusal("this is not a file") }
        guard let opened = fopen(path, "rb") else {
            throw PlaceImportRefusal("the file cannot be opened: \(Self.reason())")
        }
        file = opened
    }

    deinit { fclose(file) }

    /// The next bytes; nil at the end.
    func next() throws -> [UInt8]? {
        let chunk = [UInt8](unsafeUninitializedCapacity: Self.size) { buffer, count in
            count = fread(buffer.baseAddress, 1, Self.size, file)
        }
        if chunk.isEmpty {
            guard ferror(file) == 0 else { throw PlaceImportRefusal("the file cannot be read to its end") }
            return nil
        }
        return chunk
    }

    private static func reason() -> String {
        strerror(errno).map { String(cString: $0) } ?? "error \(errno)"
    }
}
