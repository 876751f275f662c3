/// One thing to check before a dossier is said admissible.
public struct ChecklistItem: Sendable, Equatable {
    /// Stable within the call: what is recorded of a dossier names it.
    public let code: String
    public let label: String

    public init(_ code: String, _ label: String) {
        self.code = code
        self.label = label
    }
}

/// What was found of one item for one dossier.
public struct CheckLine: Sendable, Equatable {
    public enum Result: String, Sendable, CaseIterable {
        case yes = "oui"
        case no = "non"
        case notApplicable = "sans_objet"

        public var label: String {
            switch self {
            case .yes: "Oui"
            case .no: "Non"
            case .notApplicable: "Sans objet"
            }
        }
    }

    public let code: String
    /// As it was worded when it was checked.
    public let label: String
    public let result: Result
    public let remark: String
    public let at: Instant
    public let account: Account.ID?
}

/// What is checked of each dossier of a call (INST-12).
public enum Checklist {
    public static let most = 60

    /// What follows from the call itself: the limit, its conditions, the documents it asks for, its subject.
    public static func defaults(of call: Call) -> [ChecklistItem] {
        var items = [ChecklistItem("delai", "Le dossier est déposé dans les délais, ou admis par écrit")]
        for (rank, condition) in call.settings.allConditions.enumerated() where condition.isBlocking {
            items.append(ChecklistItem("condition-\(rank + 1)", String(condition.sentence.prefix(290))))
        }
        for asked in call.settings.attachments where asked.isRequired || !asked.requiredIf.isEmpty {
            let when = asked.requiredIf.isEmpty ? "" : " (\(asked.requiredIf))"
            items.append(
                ChecklistItem(
                    "piece-" + asked.code,
                    String("Pièce lisible et complète\u{202F}: \(asked.label)\(when)".prefix(290))))
        }
        items.append(ChecklistItem("objet", "Le projet répond à l’objet de l’appel"))
        items.append(ChecklistItem("signataire", "La personne qui a déposé peut engager la structure"))
        return Array(items.prefix(most))
    }

    /// The list somebody wrote, one item a line: items whose words are those of a known one keep its code.
    static func items(in text: String, known: [ChecklistItem], _ problems: inout Problems) -> [ChecklistItem] {
        var items: [ChecklistItem] = []
        var codes: Set<String> = []
        for line in text.split(whereSeparator: \.isNewline) {
            let label = CallText.line(String(line), "controles", limit: 300, &problems)
            guard !label.isEmpty, !items.contains(where: { $0.label == label }) else { continue }
            var code = known.first { $0.label == label }?.code ?? slug(of: label)
            var number = 2
            while !codes.insert(code).inserted {
                code = slug(of: label) + "-\(number)"
                number += 1
            }
            items.append(ChecklistItem(code, label))
        }
        if items.count > most { problems.add("controles", "Une liste compte au plus \(most) contrôles.") }
        return items
    }

    private static func slug(of label: String) -> String {
        let slug = Words.folded(label).prefix(6).joined(separator: "-")
        return slug.isEmpty ? "controle" : slug
    }

    /// What is said of a dossier by what the program knows; nil when it knows nothing. A help, never a result (INST-12).
    public static func hint(_ item: ChecklistItem, of opened: OpenedCandidacy) -> String? {
        if item.code == "delai" {
            guard let deposit = opened.counting else { return nil }
            let decision = opened.candidacy.decision.map { "\u{202F}; décision\u{202F}: \($0.reason)" } ?? ""
            return deposit.verdict.label + decision
        }
        guard
            let verdict = opened.dossier?.eligibility.first(where: {
                item.label.hasPrefix(String($0.condition.prefix(290)))
            })
        else { return nil }
        return verdict.evidence
    }
}
