import Storage

/// Takes the dossiers that a question to the board finds out of the network, as a file: nothing changes, and the journal says who
/// took what (INST-19).
public struct ExportDossiers: Act {
    public static let right = "Qui lit ces dossiers\u{202F}: l’équipe de leur appel, la coordination."

    /// The raw value is written in the journal.
    public enum File: String, Sendable, CaseIterable {
        case csv, xlsx, ods
        /// The documents attached to them.
        case pieces
        /// All of a call, to be read without the platform.
        case archive
    }

    public let query: InstructionQuery
    public let file: File
    /// The keys of the columns; empty for all of them.
    public let columns: [String]

    public init(query: InstructionQuery, file: File, columns: [String] = []) {
        self.query = query
        self.file = file
        self.columns = columns
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard proceeding.principal.account != nil else { throw Denied() }
    }

    /// Answers how many dossiers there are. A question that finds none, and one on dossiers the principal may not see, are refused
    /// alike.
    public func perform(_ proceeding: Proceeding) throws -> Int {
        let count = try InstructionBoard.count(query, proceeding.principal, at: proceeding.now, proceeding.writer)
        guard count > 0 else {
            throw Problems("", "Rien ne répond à ces filtres\u{202F}: il n’y a pas de fichier à faire.")
        }
        if let call = query.call { proceeding.concerns(call) }
        proceeding.note("file", file.rawValue)
        proceeding.note("dossiers", String(count))
        proceeding.note("tab", query.tab.rawValue)
        if let state = query.state { proceeding.note("state", state.rawValue) }
        if !query.departement.isEmpty { proceeding.note("departement", query.departement) }
        // What was looked for may be a name: the journal says that something was, not what.
        if !query.text.isEmpty { proceeding.note("text", "yes") }
        proceeding.note("columns", columns.isEmpty ? "all" : String(columns.joined(separator: ",").prefix(4_000)))
        return count
    }
}
