import Exchange

/// Turns the JSON of a file into a form, and says the line of what it does not understand.
struct FormReader {
    /// Problems past this number are left out: the file is of another kind.
    static let maxProblems = 50

    private let bytes: [UInt8]
    private(set) var problems: [FormFileProblem] = []
    /// Where the reader is.
    private var path: [JSONStep] = []

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func add(_ message: String, member: String? = nil) {
        guard problems.count < Self.maxProblems else { return }
        let place = JSONLocator.place(of: path + (member.map { [.member($0)] } ?? []), in: bytes)
        problems.append(FormFileProblem(line: place.line, column: place.column, message: message.narrow))
    }

    // MARK: Members

    /// The object at the present place, whose members are among those named.
    private mutating func object(_ json: JSONValue, _ names: Set<String>) -> JSONObject? {
        guard let object = json.object else {
            add("Il faut un objet { … } ici.")
            return nil
        }
        for member in object.members where !names.contains(member.name) {
            add("« \(member.name) » n’a pas de sens ici.", member: member.name)
        }
        return object
    }

    mutating func text(_ object: JSONObject, _ name: String, required: Bool = false) -> String {
        guard let value = object[name] else {
            if required { add("Il manque « \(name) ».") }
            return ""
        }
        if let text = value.string { return text }
        add("« \(name) » doit être un texte.", member: name)
        return ""
    }

    mutating func int(_ object: JSONObject, _ name: String) -> Int? {
        guard let value = object[name] else { return nil }
        if let int = value.int { return int }
        add("« \(name) » doit être un nombre entier.", member: name)
        return nil
    }

    mutating func texts(_ object: JSONObject, _ name: String) -> [String] {
        guard let value = object[name] else { return [] }
        if let items = value.array, items.allSatisfy({ $0.string != nil }) { return items.compactMap(\.string) }
        add("« \(name) » doit être une liste de textes.", member: name)
        return []
    }

    mutating func list<Item>(
        _ object: JSONObject, _ name: String, required: Bool = false, _ read: (inout FormReader, JSONValue) -> Item?
    ) -> [Item] {
        guard let value = object[name] else {
            if required { add("Il manque « \(name) ».") }
            return []
        }
        guard let items = value.array else {
            add("« \(name) » doit être une liste.", member: name)
            return []
        }
        var list: [Item] = []
        path.append(.member(name))
        for (index, item) in items.enumerated() {
            path.append(.item(index))
            if let item = read(&self, item) { list.append(item) }
            path.removeLast()
        }
        path.removeLast()
        return list
    }

    mutating func condition(_ object: JSONObject, _ name: String) -> Condition? {
        let text = self.text(object, name)
        guard !text.isEmpty else { return nil }
        do {
            return try Condition(text)
        } catch {
            add("Condition « \(text) », après \(error.offset) octets : \(error.message)", member: name)
            return nil
        }
    }

    // MARK: The form

    mutating func form(_ json: JSONValue) -> Form? {
        let names: Set<String> = [
            "format", "formatVersion", "key", "title", "version", "intro", "sections", "rules",
        ]
        guard let object = object(json, names) else { return nil }
        if text(object, "format", required: true) != FormFile.format {
            add("Ce fichier n’est pas un formulaire : « format » doit être « \(FormFile.format) ».", member: "format")
            return nil
        }
        if let version = int(object, "formatVersion"), version != FormFile.formatVersion {
            add("Ce fichier suit le format \(version), qui n’est pas connu.", member: "formatVersion")
            return nil
        }
        return Form(
            key: text(object, "key", required: true), title: text(object, "title", required: true),
            version: int(object, "version") ?? 1, intro: text(object, "intro"),
            sections: list(object, "sections", required: true) { $0.section($1) },
            rules: list(object, "rules") { $0.rule($1) })
    }

    private mutating func section(_ json: JSONValue) -> FormSection? {
        guard
            let object = object(
                json, ["key", "title", "intro", "maturities", "shownIf", "answeredBy", "questions"])
        else { return nil }
        var respondent = FormRespondent.lead
        if object["answeredBy"] != nil {
            if let known = FormRespondent(rawValue: text(object, "answeredBy")) {
                respondent = known
            } else {
                add("« answeredBy » vaut « lead » ou « partners ».", member: "answeredBy")
            }
        }
        return FormSection(
            text(object, "key", required: true), text(object, "title", required: true), intro: text(object, "intro"),
            maturities: texts(object, "maturities"), shownIf: condition(object, "shownIf"),
            questions: list(object, "questions", required: true) { $0.question($1) }, answeredBy: respondent)
    }

    private mutating func rule(_ json: JSONValue) -> FormRule? {
        guard let object = object(json, ["key", "condition", "when", "message", "severity", "questions"]) else {
            return nil
        }
        if object["condition"] == nil { add("Il manque « condition ».") }
        var severity = FormSeverity.blocking
        if object["severity"] != nil {
            let word = text(object, "severity")
            if let known = FormSeverity(rawValue: word) {
                severity = known
            } else {
                add("« severity » vaut « blocking » ou « remark ».", member: "severity")
            }
        }
        let key = text(object, "key", required: true)
        let when = condition(object, "when")
        let message = text(object, "message", required: true)
        let questions = texts(object, "questions")
        guard let condition = condition(object, "condition") else { return nil }
        return FormRule(key, condition, when: when, message: message, severity: severity, questions: questions)
    }

    mutating func question(_ json: JSONValue) -> Question? {
        let word = json["kind"]?.string ?? ""
        let common: Set<String> = [
            "key", "label", "kind", "help", "example", "required", "shownIf", "maturities", "prefill",
        ]
        guard let limits = KindReader.members[word] else {
            add(
                word.isEmpty ? "Il manque « kind »." : "« \(word) » n’est pas une sorte de question.",
                member: json["kind"] == nil ? nil : "kind")
            return nil
        }
        guard let object = object(json, common.union(limits)), let kind = kind(word, object) else { return nil }
        var requirement = Requirement.optional
        if object["required"]?.bool == true {
            requirement = .required
        } else if object["required"]?.string != nil, let condition = condition(object, "required") {
            requirement = .requiredIf(condition)
        } else if let value = object["required"], value.bool == nil, value.string == nil {
            add("« required » est vrai, faux ou une condition.", member: "required")
        }
        let source = text(object, "prefill")
        let prefill = PrefillSource(source)
        if !source.isEmpty, prefill == nil { add("« \(source) » n’est pas une source connue.", member: "prefill") }
        return Question(
            text(object, "key", required: true), text(object, "label", required: true), kind, requirement,
            help: text(object, "help"), example: text(object, "example"), shownIf: condition(object, "shownIf"),
            prefill: prefill, maturities: texts(object, "maturities"))
    }

    /// The key and label of an option or row.
    mutating func pair(_ json: JSONValue) -> (key: String, label: String)? {
        guard let object = object(json, ["key", "label"]) else { return nil }
        return (text(object, "key", required: true), text(object, "label", required: true))
    }
}
