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
    /// The wrapped methods come first, so that a file's `pMethods` leads back to the sound ones. The system has several
    /// sets: a log is not locked as the database is.
    private struct Methods {
        var wrapped: sqlite3_io_methods
        let sound: UnsafePointer<sqlite3_io_methods>
    }

    private static let known = Mutex<[UInt: UInt]>([:])

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

    private static func wrap(_ file: UnsafeMutablePointer<sqlite3_file>, _ sound: UnsafePointer<sqlite3_io_methods>) {
        let address = known.withLock { known in
            let key = UInt(bitPattern: sound)
            if let address = known[key] { return address }
            let methods = UnsafeMutablePointer<Methods>.allocate(capacity: 1)
            methods.initialize(to: Methods(wrapped: sound.pointee, sound: sound))
            methods.pointee.wrapped.xSync = { file, flags in
                _ = FailingDisk.syncs.add(1, ordering: .relaxed)
                let failure = FailingDisk.sync.load(ordering: .relaxed)
                return failure != 0 ? failure : FailingDisk.sound(file)?.pointee.xSync(file, flags) ?? SQLITE_ERROR
            }
            methods.pointee.wrapped.xWrite = { file, bytes, count, offset in
                let failure = FailingDisk.write.load(ordering: .relaxed)
                let sound = FailingDisk.sound(file)
                return failure != 0 ? failure : sound?.pointee.xWrite(file, bytes, count, offset) ?? SQLITE_ERROR
            }
            known[key] = UInt(bitPattern: methods)
            return UInt(bitPattern: methods)
        }
        file.pointee.pMethods = UnsafePointer(bitPattern: address)
    }

    private static func sound(_ file: UnsafeMutablePointer<sqlite3_file>?) -> UnsafePointer<sqlite3_io_methods>? {
        guard let methods = file?.pointee.pMethods else { return nil }
        return UnsafeRawPointer(methods).assumingMemoryBound(to: Methods.self).pointee.sound
    }
}
