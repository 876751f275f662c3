import Exchange

/// One thing that differs between two versions of a form.
public struct FormChange: Sendable, Equatable {
    public enum Kind: String, Sendable, Equatable {
        case sectionAdded, sectionRemoved, sectionChanged, added, removed, moved, label, help, kind, limits, options,
            columns
        case requirement, condition, maturities, statement, ruleAdded, ruleRemoved, ruleChanged
    }

    /// The key of the question, section or rule; `table.column` for a column.
    public let key: String
    public let kind: Kind
    /// Plain French.
    public let message: String

    init(_ key: String, _ kind: Kind, _ message: String) {
        self.key = key
        self.kind = kind
        self.message = message.narrow
    }
}

/// What changed between two versions of a form.
public enum FormDifference {
    /// The changes, in the order of the new version, what was removed last; empty when both ask the same.
    public static func between(_ old: Form, _ new: Form) -> [FormChange] {
        var changes: [FormChange] = []
        let oldSections = Dictionary(old.sections.map { ($0.key, $0) }) { first, _ in first }
        var home: [String: String] = [:]
        for section in old.sections { for question in section.questions { home[question.key] = section.key } }
        for section in new.sections {
            if let before = oldSections[section.key] {
                changes += compare(before, section)
            } else {
                changes.append(FormChange(section.key, .sectionAdded, "Nouvelle section « \(section.title) »."))
            }
            for question in section.questions {
                guard let before = old.question(question.key) else {
                    changes.append(FormChange(question.key, .added, "Nouvelle question « \(question.label) »."))
                    continue
                }
                if home[question.key] != section.key {
                    changes.append(
                        FormChange(
                            question.key, .moved, "« \(question.label) » est maintenant dans « \(section.title) »."))
                }
                changes += compare(before, question, as: question.key)
            }
        }
        for section in old.sections {
            if !new.sections.contains(where: { $0.key == section.key }) {
                changes.append(FormChange(section.key, .sectionRemoved, "La section « \(section.title) » a disparu."))
            }
            for question in section.questions where new.question(question.key) == nil {
                changes.append(FormChange(question.key, .removed, "« \(question.label) » n’est plus demandé."))
            }
        }
        return changes + rules(old, new)
    }

    private static func compare(_ old: FormSection, _ new: FormSection) -> [FormChange] {
        var first = old
        var second = new
        first.questions = []
        second.questions = []
        return first == second
            ? [] : [FormChange(new.key, .sectionChanged, "La section « \(new.title) » est présentée autrement.")]
    }

    private static func rules(_ old: Form, _ new: Form) -> [FormChange] {
        let before = Dictionary(old.rules.map { ($0.key, $0) }) { first, _ in first }
        let after = Set(new.rules.map(\.key))
        var changes: [FormChange] = []
        for rule in new.rules where before[rule.key] != rule {
            let isNew = before[rule.key] == nil
            changes.append(
                FormChange(
                    rule.key, isNew ? .ruleAdded : .ruleChanged,
                    "\(isNew ? "Nouvelle règle" : "Règle changée") : \(rule.message)"))
        }
        for rule in old.rules where !after.contains(rule.key) {
            changes.append(FormChange(rule.key, .ruleRemoved, "Cette règle ne s’applique plus : \(rule.message)"))
        }
        return changes
    }

    private static func compare(_ old: Question, _ new: Question, as key: String) -> [FormChange] {
        guard old != new else { return [] }
        let name = "« \(new.label) »"
        var changes: [FormChange] = []
        func add(_ kind: FormChange.Kind, _ message: String) { changes.append(FormChange(key, kind, message)) }
        if old.label != new.label { add(.label, "« \(old.label) » devient \(name).") }
        if old.help != new.help || old.example != new.example { add(.help, "L’aide de \(name) a changé.") }
        if old.kind.word != new.kind.word {
            add(.kind, "\(name) demande maintenant \(new.kind.frenchName) au lieu de \(old.kind.frenchName).")
        } else {
            changes += compare(old.kind, new.kind, name, key)
        }
        if old.requirement != new.requirement {
            let words =
                switch new.requirement {
                case .required: "est maintenant obligatoire"
                case .optional: "est maintenant facultatif"
                case .requiredIf: "est maintenant obligatoire dans certains cas"
                }
            add(.requirement, "\(name) \(words).")
        }
        if old.shownIf != new.shownIf { add(.condition, "\(name) n’est plus demandé dans les mêmes cas.") }
        if old.maturities != new.maturities { add(.maturities, "\(name) n’est plus demandé aux mêmes projets.") }
        return changes
    }

    private static func compare(_ old: QuestionKind, _ new: QuestionKind, _ name: String, _ key: String) -> [FormChange]
    {
        if old == new { return [] }
        var changes: [FormChange] = []
        if let before = old.options, let after = new.options, before != after {
            let gone = before.filter { option in !after.contains { $0.key == option.key } }.map(\.label)
            let come = after.filter { option in !before.contains { $0.key == option.key } }.map(\.label)
            var words: [String] = []
            if !come.isEmpty { words.append("nouveaux choix « \(come.joined(separator: " », « ")) »") }
            if !gone.isEmpty { words.append("choix retirés « \(gone.joined(separator: " », « ")) »") }
            if words.isEmpty { words.append("choix présentés autrement") }
            return [FormChange(key, .options, "\(name) : \(words.joined(separator: " ; ")).")]
        }
        if case .sworn = new {
            return [FormChange(key, .statement, "Le texte de \(name) a changé : il est à signer de nouveau.")]
        }
        if new.hasRows {
            let before = Dictionary(old.columns.map { ($0.key, $0) }) { first, _ in first }
            for column in new.columns {
                if let known = before[column.key] {
                    changes += compare(known, column, as: key + "." + column.key)
                } else {
                    changes.append(
                        FormChange(
                            key + "." + column.key, .columns, "\(name) a une nouvelle colonne « \(column.label) »."))
                }
            }
            for column in old.columns where !new.columns.contains(where: { $0.key == column.key }) {
                changes.append(
                    FormChange(key + "." + column.key, .columns, "\(name) n’a plus de colonne « \(column.label) »."))
            }
        }
        return changes.isEmpty ? [FormChange(key, .limits, "Les limites de \(name) ont changé.")] : changes
    }
}

extension QuestionKind {
    /// The kind as one would say it: « un montant ».
    public var frenchName: String {
        switch self {
        case .shortText: "un texte court"
        case .longText: "un texte long"
        case .number: "un nombre"
        case .money: "un montant"
        case .date: "une date"
        case .period: "une période"
        case .yesNo: "oui ou non"
        case .oneOf: "un choix"
        case .severalOf: "plusieurs choix"
        case .commune: "une commune"
        case .address: "une adresse"
        case .siret: "un SIRET"
        case .rna: "un numéro RNA"
        case .email: "une adresse de courriel"
        case .phone: "un numéro de téléphone"
        case .url: "une adresse web"
        case .place: "un lieu"
        case .person: "une personne"
        case .attachment: "un document"
        case .group: "des lignes"
        case .table: "un tableau"
        case .computed: "un calcul"
        case .sworn: "une déclaration"
        }
    }
}
