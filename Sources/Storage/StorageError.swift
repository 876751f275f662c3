/// What a statement or a commit can answer, in the same words for both engines.
public enum StorageError: Error, Sendable, Equatable {
    /// A UNIQUE or PRIMARY KEY constraint refused; the text names the columns or the constraint.
    case unique(String)
    case foreignKey(String)
    case check(String)
    case notNull(String)
    /// Another transaction was in the way; nothing was written and the work may be tried again.
    case serialization
    /// The statement took longer than allowed.
    case timeout
    /// The disk is full; nothing was written.
    case diskFull
    /// The database cannot be reached or opened, with the reason.
    case unavailable(String)
    /// A sync or a commit failed in a way that leaves the outcome unknown. Nothing more is accepted (fail-stop).
    case outcomeUnknown(String)
    /// A write was attempted through a reader.
    case readOnly
    /// A column held something else than asked for.
    case unexpectedValue(column: Int, wanted: String)
    /// The ledger of migrations disagrees with the program's.
    case migration(String)
    case other(code: String, message: String)
}
