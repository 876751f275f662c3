import Exchange

extension Answers {
    /// One JSON object: keys sorted by their bytes, values that say their type, no space. The same answers are always the
    /// same bytes, so that a digest of them means something.
    public func document() -> [UInt8] { JSONWriter.bytes(of: json) }

    /// The same as a value, for a larger document.
    public var json: JSONValue { .object(AnswersCoder.object(values)) }

    /// Reads what `document()` wrote.
    ///
    /// - Throws: `JSONProblem`, `AnswersProblem`.
    public init(document bytes: [UInt8]) throws {
        let limits = JSONLimits(depth: 16, stringBytes: 1 << 20, values: 400_000)
        self.init(try AnswersCoder.values(try JSONValue.parse(bytes, limits: limits), path: ""))
    }
}

/// A document that is not one of answers. For logs: the program wrote the document itself.
public struct AnswersProblem: Error, Sendable, Equatable, CustomStringConvertible {
    /// The keys that lead to the value that was not understood.
    public let path: String

    public var description: String { "not an answer at “\(path)”" }
}

enum AnswersCoder {
    static func object(_ values: [String: AnswerValue]) -> JSONObject {
        let sorted = values.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        return JSONObject(sorted.map { JSONObject.Member($0.key, json($0.value)) })
    }

    static func json(_ value: AnswerValue) -> JSONValue {
        switch value {
        case .text(let text): .string(text)
        case .flag(let flag): .bool(flag)
        case .number(let number): one("number", .string(number.description))
        case .money(let cents): one("cents", .number(JSONNumber(cents)))
        case .date(let date): one("date", .string(date.description))
        case .period(let from, let to):
            one("period", fields([("from", from?.description ?? ""), ("to", to?.description ?? "")]))
        case .choices(let keys): one("choices", .array(keys.map { .string($0) }))
        case .address(let address):
            one(
                "address",
                fields([
                    ("street", address.street), ("postalCode", address.postalCode), ("commune", address.commune),
                    ("communeCode", address.communeCode ?? ""),
                ]))
        case .place(let place): one("place", fields([("id", place.id ?? ""), ("name", place.name)]))
        case .person(let person):
            one(
                "person",
                fields([
                    ("firstName", person.firstName), ("name", person.name), ("role", person.role),
                    ("email", person.email), ("phone", person.phone),
                ]))
        case .files(let files): one("files", .array(files.map(file)))
        case .rows(let rows):
            one(
                "rows",
                .array(
                    rows.map { row in
                        let cells = row.cells.filter { !$0.value.isEmpty }
                        return .object(
                            JSONObject([.init("key", .string(row.key)), .init("cells", .object(object(cells)))]))
                    }))
        case .sworn(let version): one("sworn", .number(JSONNumber(version)))
        case .unread(let text): one("unread", .string(text))
        }
    }

    private static func one(_ name: String, _ value: JSONValue) -> JSONValue {
        .object(JSONObject([.init(name, value)]))
    }

    private static func fields(_ fields: [(String, String)]) -> JSONValue {
        .object(JSONObject(fields.filter { !$0.1.isEmpty }.map { .init($0.0, .string($0.1)) }))
    }

    private static func file(_ file: AnswerFile) -> JSONValue {
        var object = JSONObject([
            .init("id", .string(file.id)), .init("name", .string(file.name)),
            .init("family", .string(file.family.rawValue)), .init("bytes", .number(JSONNumber(file.bytes))),
        ])
        if let date = file.datedOn { object.append("datedOn", .string(date.description)) }
        return .object(object)
    }

    static func values(_ json: JSONValue, path: String) throws -> [String: AnswerValue] {
        guard let object = json.object else { throw AnswersProblem(path: path) }
        var values: [String: AnswerValue] = [:]
        for member in object.members {
            let place = path.isEmpty ? member.name : path + "." + member.name
            guard let value = try value(member.value, path: place) else { throw AnswersProblem(path: place) }
            values[member.name] = value
        }
        return values
    }

    private static func value(_ json: JSONValue, path: String) throws -> AnswerValue? {
        if let text = json.string { return .text(text) }
        if let flag = json.bool { return .flag(flag) }
        guard let object = json.object, object.members.count == 1, let member = object.members.first else { return nil }
        let inner = member.value
        func text(_ name: String) -> String { inner[name]?.string ?? "" }
        switch member.name {
        case "number": return ExactNumber(inner.string ?? "").map { .number($0) }
        case "cents": return inner.int.map { .money($0) }
        case "date": return CivilDate(iso: inner.string ?? "").map { .date($0) }
        case "period": return .period(from: CivilDate(iso: text("from")), to: CivilDate(iso: text("to")))
        case "choices": return inner.array.map { .choices($0.compactMap(\.string)) }
        case "address":
            let code = text("communeCode")
            return .address(
                AnswerAddress(
                    street: text("street"), postalCode: text("postalCode"), commune: text("commune"),
                    communeCode: code.isEmpty ? nil : code))
        case "place":
            let id = text("id")
            return .place(AnswerPlace(id: id.isEmpty ? nil : id, name: text("name")))
        case "person":
            return .person(
                AnswerPerson(
                    firstName: text("firstName"), name: text("name"), role: text("role"), email: text("email"),
                    phone: text("phone")))
        case "files":
            guard let items = inner.array else { return nil }
            var files: [AnswerFile] = []
            for item in items {
                guard let id = item["id"]?.string, let family = FileFamily(rawValue: item["family"]?.string ?? ""),
                    let bytes = item["bytes"]?.int
                else { return nil }
                files.append(
                    AnswerFile(
                        id: id, name: item["name"]?.string ?? "", family: family, bytes: bytes,
                        datedOn: CivilDate(iso: item["datedOn"]?.string ?? "")))
            }
            return .files(files)
        case "rows":
            guard let items = inner.array else { return nil }
            var rows: [AnswerRow] = []
            for item in items {
                guard let key = item["key"]?.string, let cells = item["cells"] else { return nil }
                rows.append(AnswerRow(key, try values(cells, path: path + "." + key)))
            }
            return .rows(rows)
        case "sworn": return inner.int.map { .sworn(version: $0) }
        case "unread": return inner.string.map { .unread($0) }
        default: return nil
        }
    }
}
