import Maillage

/// A question to the board, as its address says it.
enum InstructionFields {
    static func query(_ fields: Fields) -> InstructionQuery {
        var query = InstructionQuery()
        query.tab = fields.text("onglet").flatMap(InstructionQuery.Tab.init) ?? .mine
        query.call = fields.text("appel").flatMap { Call.ID(text: $0) }
        query.departement = String((fields.text("departement") ?? "").prefix(3))
        query.state = fields.text("etat").flatMap(InstructionState.init)
        query.text = String((fields.text("q") ?? "").prefix(200))
        query.page = min(max(fields.int("page") ?? 1, 1), InstructionQuery.mostPages)
        return query
    }

    static func pairs(_ query: InstructionQuery, page: Int = 1) -> [(String, String?)] {
        [
            ("onglet", query.tab == .mine ? nil : query.tab.rawValue), ("appel", query.call?.text),
            ("departement", query.departement.isEmpty ? nil : query.departement), ("etat", query.state?.rawValue),
            ("q", query.text.isEmpty ? nil : query.text), ("page", page > 1 ? String(page) : nil),
        ]
    }

    /// What a saved search keeps: what follows the question mark.
    static func saved(_ query: InstructionQuery) -> String {
        let path = Paths.instruction(query)
        guard let mark = path.utf8.firstIndex(of: UInt8(ascii: "?")) else { return "" }
        return String(path[path.utf8.index(after: mark)...])
    }

    /// The address of a saved search; the board itself when its text is not one.
    static func path(of search: InstructionSearch) -> String {
        guard let fields = try? Fields(urlencoded: Array(search.query.utf8)) else { return Paths.instruction }
        return Paths.instruction(query(fields))
    }
}
