#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Bytes put aside in a file of the system that has no name, to be read again from its beginning; it goes when this goes.
final class Spool {
    private let file: UnsafeMutablePointer<FILE>

    /// Throws `WorkbookFailure.system` when the system has no room for it.
    init() throws {
        guard let file = tmpfile() else { throw WorkbookFailure.system("tmpfile: \(errno)") }
        self.file = file
    }

    deinit { fclose(file) }

    func write(_ bytes: [UInt8]) throws {
        guard fwrite(bytes, 1, bytes.count, file) == bytes.count else {
            throw WorkbookFailure.system("fwrite: \(errno)")
        }
    }

    func rewind() throws {
        guard fflush(file) == 0, fseek(file, 0, SEEK_SET) == 0 else {
            throw WorkbookFailure.system("fseek: \(errno)")
        }
    }

    /// The next bytes; nil at the end.
    func read() throws -> [UInt8]? {
        let bytes = [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
            count = fread(buffer.baseAddress, 1, 65_536, file)
        }
        guard bytes.isEmpty else { return bytes }
        guard ferror(file) == 0 else { throw WorkbookFailure.system("fread: \(errno)") }
        return nil
    }
}
