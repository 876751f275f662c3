import CSQLite

/// SQLite's extended result codes in the words both engines share.
enum SQLiteFailure {
    /// `message` is SQLite's own, which names the columns of a constraint after a colon.
    static func error(_ code: Int32, _ message: String) -> StorageError {
        switch code {
        case 2067, 1555, 2579: return .unique(named(message))  // UNIQUE, PRIMARYKEY, ROWID
        case 787: return .foreignKey(named(message))
        case 275: return .check(named(message))
        case 1811: return .check(message)  // RAISE in a trigger
        case 1299: return .notNull(named(message))
        default: break
        }
        switch code & 0xFF {
        case SQLITE_BUSY, SQLITE_LOCKED: return .serialization
        case SQLITE_INTERRUPT: return .timeout
        case SQLITE_FULL: return .diskFull
        case SQLITE_READONLY: return .readOnly
        case SQLITE_CANTOPEN, SQLITE_NOTADB, SQLITE_CORRUPT, SQLITE_PERM: return .unavailable(message)
        default: return .other(code: "sqlite \(code)", message: message)
        }
    }

    /// Whether the code says that bytes may or may not have reached the disk. After one of these, the kernel may have
    /// dropped the dirty pages: a later sync can succeed without the data.
    static func leavesDiskUnknown(_ code: Int32) -> Bool {
        guard code & 0xFF == SQLITE_IOERR else { return false }
        switch code >> 8 {
        case 1, 2: return false  // READ, SHORT_READ: nothing was being written
        default: return true
        }
    }

    private static func named(_ message: String) -> String {
        guard let colon = message.utf8.firstIndex(of: UInt8(ascii: ":")) else { return message }
        return String(message[message.utf8.index(after: colon)...].drop(while: { $0 == " " }))
    }
}
