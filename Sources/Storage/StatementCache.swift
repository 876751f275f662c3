/// The prepared statements of one connection, by text; the least recently used leaves first.
struct StatementCache<Statement: AnyObject> {
    private struct Entry {
        let statement: Statement
        var used: UInt64
    }

    let limit: Int
    private var entries: [String: Entry] = [:]
    private var clock: UInt64 = 0

    init(limit: Int = 200) {
        self.limit = limit
    }

    var count: Int { entries.count }

    mutating func find(_ text: String) -> Statement? {
        clock &+= 1
        guard let index = entries.index(forKey: text) else { return nil }
        entries.values[index].used = clock
        return entries.values[index].statement
    }

    /// Keeps a statement; answers the one that had to leave.
    mutating func keep(_ statement: Statement, for text: String) -> Statement? {
        clock &+= 1
        var leaving: Statement?
        if entries.count >= limit, let oldest = entries.min(by: { $0.value.used < $1.value.used }) {
            leaving = oldest.value.statement
            entries[oldest.key] = nil
        }
        entries[text] = Entry(statement: statement, used: clock)
        return leaving
    }

    mutating func removeAll() -> [Statement] {
        let all = entries.values.map(\.statement)
        entries.removeAll()
        return all
    }
}
