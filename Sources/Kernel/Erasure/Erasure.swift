import Storage

/// Something that was erased for good, by what names it alone: no value of it. It is done again in a database put back from an
/// older backup.
public struct Erasure: Sendable, Hashable {
    /// The kind of thing: lower-case letters and `_`, 40 at most. See `ErasureKind.name`.
    public let kind: String
    /// The number of its identifier.
    public let subject: Int64
    public let at: Instant

    public init(kind: String, subject: Int64, at: Instant) {
        self.kind = kind
        self.subject = subject
        self.at = at
    }

    /// What the same erasure is known by, whenever it was written down.
    struct Key: Hashable {
        let kind: String
        let subject: Int64
    }

    var key: Key { Key(kind: kind, subject: subject) }
}

/// One kind of thing that is erased on demand: how the database tells of it, and how it is done again. A feature that erases
/// declares one; `Site` names them all.
///
/// What a rule of time erases needs none: the rule erases it again by itself in a database that was put back.
public struct ErasureKind: Sendable {
    /// Written in the log for ever: see `Erasure.kind`.
    public let name: String
    /// The erasures done since an instant that the database still tells of, oldest first.
    public let known: @Sendable (_ since: Instant, _ reader: Reader) throws -> [Erasure]
    /// Erases again, inside an act. False when it is erased already, or not there.
    public let erase: @Sendable (_ erasure: Erasure, _ proceeding: Proceeding) throws -> Bool

    public init(
        _ name: String, known: @escaping @Sendable (_ since: Instant, _ reader: Reader) throws -> [Erasure],
        erase: @escaping @Sendable (_ erasure: Erasure, _ proceeding: Proceeding) throws -> Bool
    ) {
        self.name = name
        self.known = known
        self.erase = erase
    }
}
