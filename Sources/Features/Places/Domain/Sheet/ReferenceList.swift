/// A list of values with stable codes and French labels. `synonyms` are searched, and recognised by imports.
public struct ReferenceList: Sendable, Equatable {
    public struct Entry: Sendable, Equatable {
        public let code: String
        public let label: String
        public let synonyms: [String]

        init(_ code: String, _ label: String, _ synonyms: String...) {
            self.code = code
            self.label = label
            self.synonyms = synonyms
        }
    }

    public let name: String
    public let entries: [Entry]
    private let positions: [String: Int]
    private let words: [String: String]

    init(_ name: String, _ entries: [Entry]) {
        self.name = name
        self.entries = entries
        positions = Dictionary(entries.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
        var words: [String: String] = [:]
        for entry in entries {
            for spelling in [entry.code, entry.label] + entry.synonyms {
                let key = Words.key(spelling)
                if words[key] == nil { words[key] = entry.code }
            }
        }
        self.words = words
    }

    public static func == (left: ReferenceList, right: ReferenceList) -> Bool {
        left.name == right.name
    }

    public func contains(_ code: String) -> Bool { positions[code] != nil }

    /// The label of a code; the code itself when the list does not know it.
    public func label(_ code: String) -> String {
        positions[code].map { entries[$0].label } ?? code
    }

    /// The code that a code, a label or a synonym means, however it is typed.
    public func code(for text: String) -> String? {
        words[Words.key(text)]
    }

    /// Known codes only, once each, in the list's order.
    public func canonical(_ codes: some Sequence<String>) -> [String] {
        let wanted = Set(codes)
        return entries.map(\.code).filter(wanted.contains)
    }
}
