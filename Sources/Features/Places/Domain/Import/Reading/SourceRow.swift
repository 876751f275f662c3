import Exchange

/// One row of a source: its cells in the order of the layout's columns.
struct SourceRow: Sendable {
    let line: Int
    /// Nil where the file has no such column, or the row no such cell.
    var cells: [String?]
    /// Why the row cannot be read at all, in plain words, with the column if one is to blame.
    var fault: (column: String, reason: String)?
    /// What reading the file had to put right in it.
    var remarks: [PlaceImportReport.Remark] = []

    init(line: Int, cells: [String?]) {
        self.line = line
        self.cells = cells
    }

    init(line: Int, column: String, fault reason: String) {
        self.line = line
        cells = []
        fault = (column, reason)
    }
}

/// Where each column of a layout stands in a file.
struct LayoutBinding: Sendable {
    let layout: PlaceLayout
    /// The file's name for each column of the layout, nil when the file lacks it.
    let names: [String?]
    /// The columns of the file that nothing reads.
    let unread: [String]
    private let slots: [String: [Int]]
    /// The first words of nested names (`address` of `address.postalCode`).
    private let stems: Set<String>

    init(_ layout: PlaceLayout, fileColumns: [String]) {
        self.layout = layout
        names = layout.binding(to: Set(fileColumns))
        var slots: [String: [Int]] = [:]
        var stems: Set<String> = []
        for (slot, name) in names.enumerated() {
            guard let name else { continue }
            slots[name, default: []].append(slot)
            var parts = name.split(separator: ".")
            while parts.count > 1 {
                parts.removeLast()
                stems.insert(parts.joined(separator: "."))
            }
        }
        self.slots = slots
        self.stems = stems
        unread = fileColumns.filter { slots[$0] == nil }
    }

    /// The slots of each cell of a CSV file, by the cell's index.
    func slots(of header: CSVHeader) -> [(cell: Int, slot: Int)] {
        names.enumerated().compactMap { slot, name in
            name.flatMap { header.index(of: $0) }.map { ($0, slot) }
        }
    }

    /// The cells of a JSON object, nested members by dotted names.
    func cells(of object: JSONObject) -> [String?] {
        var cells = [String?](repeating: nil, count: names.count)
        put(object, "", &cells)
        return cells
    }

    private func put(_ object: JSONObject, _ prefix: String, _ cells: inout [String?]) {
        for member in object.members {
            let name = prefix.isEmpty ? member.name : prefix + "." + member.name
            if let found = slots[name], let text = Self.text(member.value) {
                for slot in found { cells[slot] = text }
            } else if stems.contains(name) {
                if let inner = member.value.object {
                    put(inner, name, &cells)
                } else if let items = member.value.array {
                    let texts = items.compactMap { $0.object.flatMap { item in Self.named(item, name, slots) } }
                    for (full, values) in Dictionary(grouping: texts, by: \.name) {
                        for slot in slots[full] ?? [] { cells[slot] = values.map(\.text).joined(separator: "|") }
                    }
                }
            }
        }
    }

    private static func named(
        _ item: JSONObject, _ prefix: String, _ slots: [String: [Int]]
    ) -> (name: String, text: String)? {
        for member in item.members {
            let name = prefix + "." + member.name
            if slots[name] != nil, let text = text(member.value) { return (name, text) }
        }
        return nil
    }

    /// What a cell of a table would hold.
    static func text(_ value: JSONValue) -> String? {
        switch value {
        case .null, .object: nil
        case .bool(let flag): flag ? "oui" : "non"
        case .number(let number): number.text
        case .string(let text): text
        case .array(let items): items.compactMap(text).joined(separator: "|")
        }
    }

    /// The dotted names of an object's members, for recognising its layout.
    static func names(of object: JSONObject, _ prefix: String = "", depth: Int = 0) -> [String] {
        object.members.flatMap { member -> [String] in
            let name = prefix.isEmpty ? member.name : prefix + "." + member.name
            if depth < 4, let inner = member.value.object { return names(of: inner, name, depth: depth + 1) }
            if depth < 4, let first = member.value.array?.first?.object {
                return [name] + names(of: first, name, depth: depth + 1)
            }
            return [name]
        }
    }
}
