import Exchange
import Storage

/// Where the fields of a sheet come from: each source at its date, with the fields it last wrote.
///
/// A sheet has few sources and many fields, so fields are kept as the bits of one number for each source.
public struct Origins: Sendable {
    private struct Group: Sendable {
        let origin: Origin
        var fields: UInt64
    }

    private var groups: [Group] = []

    public init() {}

    /// The same origin for several fields.
    init(_ origin: Origin, of fields: some Sequence<SheetField>) {
        let bits = fields.reduce(UInt64(0)) { $0 | $1.bit }
        if bits != 0 { groups = [Group(origin: origin, fields: bits)] }
    }

    public var isEmpty: Bool { groups.isEmpty }

    /// Each source that wrote a field and still has the last word on it.
    public var sources: some Sequence<Origin> { groups.lazy.map(\.origin) }

    /// The fields of known origin, in the order of the cases.
    public var all: [(field: SheetField, origin: Origin)] {
        SheetField.allCases.compactMap { field in self[field].map { (field, $0) } }
    }

    public subscript(field: SheetField) -> Origin? {
        get { groups.first { $0.fields & field.bit != 0 }?.origin }
        set {
            for index in groups.indices { groups[index].fields &= ~field.bit }
            groups.removeAll { $0.fields == 0 }
            guard let newValue else { return }
            if let index = groups.firstIndex(where: { $0.origin == newValue }) {
                groups[index].fields |= field.bit
            } else {
                groups.append(Group(origin: newValue, fields: field.bit))
            }
        }
    }
}

extension Origins: Equatable {
    /// Whether every field has the same origin in both, in whatever order they were learnt.
    public static func == (left: Origins, right: Origins) -> Bool {
        left.all.elementsEqual(right.all) { $0 == $1 }
    }
}

/// As `place.origins` holds them: sources named once, each with its date and the names of its fields.
extension Origins {
    var json: String {
        let items = groups.map { group in
            JSONValue.array([
                .string(group.origin.source), .number(JSONNumber(Int(group.origin.at.microseconds))),
                .string(
                    SheetField.allCases.filter { group.fields & $0.bit != 0 }.map(\.rawValue).joined(separator: " ")),
            ])
        }
        return String(decoding: JSONWriter.bytes(of: .array(items)), as: UTF8.self)
    }

    /// Reads what `json` wrote. Fields that no longer exist are left out.
    init(json text: String) throws {
        for item in try JSONValue.parse(Array(text.utf8)).array ?? [] {
            guard let parts = item.array, parts.count == 3, let source = parts[0].string, let at = parts[1].int,
                let names = parts[2].string
            else { continue }
            let bits = names.split(separator: " ").reduce(UInt64(0)) { bits, name in
                bits | (SheetField.named(String(name))?.bit ?? 0)
            }
            if bits == 0 { continue }
            groups.append(
                Group(origin: Origin(source: source, at: Instant(microseconds: Int64(at))), fields: bits))
        }
    }
}

extension Origins: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (SheetField, Origin)...) {
        for (field, origin) in elements { self[field] = origin }
    }
}
