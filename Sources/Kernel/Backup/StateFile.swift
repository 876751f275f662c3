import Storage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What the program remembers of its own upkeep (backups, the reading again of files): small files of `upkeep/` in the data
/// directory, written whole or not at all. They tell of this disk, so no backup holds them, and they are read when the
/// database cannot be.
enum StateFile {
    static let folder = "upkeep"

    /// Bytes of the longest that is believed.
    private static let longest = 1 << 20

    /// The bytes of a file; nil when it is not there or cannot be read: what it told is then unknown.
    static func read(_ name: String, dataDirectory: String) -> [UInt8]? {
        guard let slices = try? FileSlices(dataDirectory + "/" + folder + "/" + name) else { return nil }
        defer { slices.close() }
        guard let bytes = try? slices.bytes(0..<longest + 1), bytes.count <= longest else { return nil }
        return bytes
    }

    /// Throws `StorageError` or `BackupProblem`; the former file then stays.
    static func write(_ bytes: [UInt8], to name: String, dataDirectory: String) throws {
        let inside = dataDirectory + "/" + folder
        if !BackupFolder.exists(inside) { try BackupFolder.make(inside) }
        let disk = SystemDisk()
        let fresh = inside + "/" + name + "." + FileVault.freshName()
        let descriptor = try disk.createFile(fresh)
        do {
            defer { disk.closeFile(descriptor) }
            try disk.write(bytes[...], to: descriptor)
            try disk.syncFile(descriptor, fresh)
        } catch {
            // The error that led here is what is told.
            try? disk.removeFile(fresh)
            throw error
        }
        try disk.rename(fresh, to: inside + "/" + name)
        try disk.syncFolder(inside)
    }
}
