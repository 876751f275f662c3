import Exchange

extension TerritoryFileReport {
    /// Whether rows of the file were rejected.
    public var hasRejections: Bool { !rejected.isEmpty }

    /// One line for a person: what the file is and what became of it.
    public var summary: String {
        let what = kind.map { " (\($0.rawValue))" } ?? ""
        switch state {
        case .refused(let refusal): return "\(refusal)"
        case .notRecognised: return "\(name): not a file of the territory, left aside"
        case .unused: return "\(name)\(what): recognised, of no use to the register"
        case .unchanged: return "\(name)\(what): unchanged"
        case .taken:
            var parts = ["\(rows) rows", "\(taken) taken"]
            let left = skipped.values.reduce(0, +)
            if left > 0 { parts.append("\(left) left aside") }
            if !repaired.isEmpty { parts.append("\(repaired.count) repaired") }
            if !rejected.isEmpty { parts.append("\(rejected.count) rejected") }
            return "\(name)\(what): " + parts.joined(separator: ", ")
        }
    }

    /// Appends `{"file","format","state","rows","taken","skipped":[{"reason","rows"}],"rejected":[…],"repaired":[…],"notes":[…]}`,
    /// with `rows = taken + skipped + number of rejected rows`.
    public func append(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("file", name)
        writer.member("format", kind?.rawValue)
        writer.member("state", stateName)
        if case .refused(let refusal) = state { writer.member("reason", refusal.description) }
        writer.member("rows", rows)
        writer.member("taken", taken)
        writer.name("skipped")
        writer.beginArray()
        for (reason, count) in skipped.sorted(by: { $0.key < $1.key }) {
            writer.beginObject()
            writer.member("reason", reason)
            writer.member("rows", count)
            writer.endObject()
        }
        writer.endArray()
        for (name, remarks) in [("rejected", rejected), ("repaired", repaired)] {
            writer.name(name)
            writer.beginArray()
            for remark in remarks {
                writer.beginObject()
                writer.member("line", remark.line)
                writer.member("column", remark.column)
                writer.member("value", remark.value)
                writer.member("reason", remark.reason)
                writer.endObject()
            }
            writer.endArray()
        }
        writer.name("notes")
        writer.beginArray()
        for note in notes { writer.string(note) }
        writer.endArray()
        writer.endObject()
    }

    private var stateName: String {
        switch state {
        case .taken: "taken"
        case .unchanged: "unchanged"
        case .unused: "unused"
        case .notRecognised: "not_recognised"
        case .refused: "refused"
        }
    }
}
