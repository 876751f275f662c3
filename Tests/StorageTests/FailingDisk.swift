import CSQLite
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A virtual file system that is the system's own until told to fail: SQLite's callbacks, with the writes and the syncs
/// wrapped. Process-wide, so the suite that uses it is serialized.
enum FailingDisk {
    static let name = "failing-disk"

    /// 0 for a sound disk; otherwise the SQLite result code the operation answers.
    static let sync = Atomic<Int32>(0)
    static let write = Atomic<Int32>(0)
    static let syncs = Atomic<Int>(0)

    nonisolated(unsafe) private static var original: UnsafeMutablePointer<sqlite3_vfs>?
    nonisolated(unsafe) private static var sound: sqlite3_io_methods?
    nonisolated(unsafe) private static let wrapped = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)

    static let registered: Bool = {
        guard let system = sqlite3_vfs_find(nil) else { return false }
        original = system
        let copy = UnsafeMutablePointer<sqlite3_vfs>.allocate(capacity: 1)
        copy.initialize(to: system.pointee)
        copy.pointee.zName = UnsafePointer(strdup(name))
        copy.pointee.pNext = nil
        copy.pointee.xOpen = { _, path, file, flags, outFlags in
            guard let original = FailingDisk.original else { return SQLITE_ERROR }
            let code = original.pointee.xOpen(original, path, file, flags, outFlags)
            if code == SQLITE_OK, let file, let methods = file.pointee.pMethods { FailingDisk.wrap(file, methods) }
            return code
        }
        return sqlite3_vfs_register(copy, 0) == SQLITE_OK
    }()

    private static func wrap(_ file: UnsafeMutablePointer<sqlite3_file>, _ methods: UnsafePointer<sqlite3_io_methods>) {
        if sound == nil {
            sound = methods.pointee
            wrapped.initialize(to: methods.pointee)
            wrapped.pointee.xSync = { file, flags in
                _ = FailingDisk.syncs.add(1, ordering: .relaxed)
                let failure = FailingDisk.sync.load(ordering: .relaxed)
                return failure != 0 ? failure : FailingDisk.sound?.xSync(file, flags) ?? SQLITE_ERROR
            }
            wrapped.pointee.xWrite = { file, bytes, count, offset in
                let failure = FailingDisk.write.load(ordering: .relaxed)
                return failure != 0 ? failure : FailingDisk.sound?.xWrite(file, bytes, count, offset) ?? SQLITE_ERROR
            }
        }
        file.pointee.pMethods = UnsafePointer(wrapped)
    }
}
