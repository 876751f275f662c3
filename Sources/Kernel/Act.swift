/// Something that changes the network: one type, one file, one door (`Desk`).
///
/// An act is synchronous: nothing is awaited between BEGIN and COMMIT. Mail, files and HTTP happen after, from rows.
public protocol Act: Sendable {
    associatedtype Outcome: Sendable

    /// Who may perform it and on what condition, in one French sentence (a row of `docs/RIGHTS.md`).
    static var right: String { get }

    /// Throws `Denied`, or `Missing` when the one who asks may not know that the thing exists.
    func authorize(_ proceeding: Proceeding) throws

    /// Refuses what is wrong (`Problems`, `Conflict`), writes, and says to the proceeding what was done.
    func perform(_ proceeding: Proceeding) throws -> Outcome
}

extension Act {
    /// The verb written in the journal: the type's own name.
    public static var verb: String { String(describing: Self.self) }
}
