import Exchange
import Storage

/// The texts of a call's decision letters, as its team wrote them. `{projet}`, `{structure}`, `{montant}`, `{rang}`, `{instance}`,
/// `{date}` and `{numero}` are replaced by what was decided.
public struct DecisionTexts: Sendable, Equatable {
    public let call: Call.ID
    public var version: Int
    public var retained: String
    public var waiting: String
    public var refused: String
    /// How and until when the decision may be contested.
    public var routes: String
    /// Name and quality of who signs.
    public var signatory: String

    public init(
        call: Call.ID, version: Int, retained: String, waiting: String, refused: String, routes: String,
        signatory: String
    ) {
        self.call = call
        self.version = version
        self.retained = retained
        self.waiting = waiting
        self.refused = refused
        self.routes = routes
        self.signatory = signatory
    }

    public static let marks = ["projet", "structure", "montant", "rang", "instance", "date", "numero"]

    /// What a call begins with; the signatory is left to write.
    public static func usual(for call: Call) -> DecisionTexts {
        let service =
            call.settings.identity.service.isEmpty ? call.settings.identity.organiser : call.settings.identity.service
        return DecisionTexts(
            call: call.id, version: 0,
            retained:
                "Votre projet «\u{A0}{projet}\u{A0}» est retenu. Aide accordée\u{202F}: {montant}. Décision du {date}, prise par\u{202F}: "
                + "{instance}.",
            waiting:
                "Votre projet «\u{A0}{projet}\u{A0}» est inscrit sur la liste d’attente, au rang {rang}. Décision du {date}, prise "
                + "par\u{202F}: {instance}. Si une place se libère, nous vous écrirons.",
            refused:
                "Votre projet «\u{A0}{projet}\u{A0}» n’est pas retenu. Décision du {date}, prise par\u{202F}: {instance}. Les motifs "
                + "sont ci-dessous\u{202F}; vous pouvez reprendre votre dossier pour une prochaine vague en en tenant compte.",
            routes:
                "Vous pouvez contester cette décision dans les deux mois qui suivent sa notification\u{202F}: par un recours "
                + "gracieux adressé à \(service.isEmpty ? "l’organisateur" : service), en ligne depuis votre candidature ou par "
                + "courrier\u{202F}; ou devant le tribunal administratif compétent. Un recours gracieux formé dans ce délai le "
                + "suspend jusqu’à la réponse.",
            signatory: "")
    }

    /// The words inside braces that name nothing.
    static func unknownMarks(in text: String) -> [String] {
        text.split(separator: "{", omittingEmptySubsequences: false).dropFirst().compactMap { part in
            guard let end = part.firstIndex(of: "}") else { return String(part.prefix(20)) }
            let mark = String(part[..<end])
            return marks.contains(mark) ? nil : mark
        }
    }

    /// The whole letter: what was decided, on what conditions, why, how to contest it, who signs.
    ///
    /// - Parameter questions: labels of the form's questions by key, to say what a reason is about.
    func letter(_ decision: Decision, _ candidacy: Candidacy, _ call: Call, questions: [String: String]) -> String {
        let opening =
            switch decision.outcome {
            case .retained, .reserved: retained
            case .waiting: waiting
            case .refused: refused
            }
        var paragraphs = [filled(opening, decision, candidacy)]
        if !decision.conditions.isEmpty {
            paragraphs.append(
                (decision.outcome == .reserved ? "Sous réserve\u{202F}: " : "Conditions\u{202F}: ")
                    + decision.conditions)
        }
        paragraphs += decision.reasons.map { reason in
            let about =
                questions[reason.question].map { "À propos de «\u{A0}\($0)\u{A0}»\u{202F}: " } ?? "Motif\u{202F}: "
            return about + reason.text
        }
        if !decision.deliberation.isEmpty { paragraphs.append("Délibération n°\u{A0}\(decision.deliberation).") }
        return (paragraphs + [routes, signatory]).joined(separator: "\n\n")
    }

    private func filled(_ text: String, _ decision: Decision, _ candidacy: Candidacy) -> String {
        let values = [
            "projet": candidacy.name, "structure": candidacy.structure,
            "montant": decision.amount.map(Cents.words) ?? "", "rang": decision.rank.map { "\($0)" } ?? "",
            "instance": decision.body, "date": DecisionDates.words(decision.decidedOn), "numero": decision.deliberation,
        ]
        // One pass: what a candidate typed is never read as a mark.
        var out = ""
        for (index, part) in text.split(separator: "{", omittingEmptySubsequences: false).enumerated() {
            guard index > 0 else {
                out += part
                continue
            }
            guard let end = part.firstIndex(of: "}"), let value = values[String(part[..<end])] else {
                out += "{" + part
                continue
            }
            out += value + part[part.index(after: end)...]
        }
        return out
    }
}

/// Days in the sentences of letters: `12 mars 2026`.
public enum DecisionDates {
    private static let months = [
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
        "décembre",
    ]

    public static func words(_ day: CivilDate) -> String {
        "\(day.day == 1 ? "1er" : "\(day.day)") \(months[(day.month - 1) % 12]) \(day.year)"
    }
}

extension LetterHead {
    public static func decisionPath(_ id: Candidacy.ID) -> String { candidacyPath(id) + "/decision" }

    func decided(_ recipient: String, _ decision: Decision, _ candidacy: Candidacy, _ call: Call) -> Letter {
        letter(
            to: recipient, subject: "Décision sur votre candidature\u{202F}: \(call.title)",
            decision.letter.split(separator: "\n\n").map(String.init)
                + [
                    "Cette décision, son courrier en PDF et ce que vous pouvez faire ensuite sont ici\u{202F}:\n"
                        + address(Self.decisionPath(candidacy.id))
                ])
    }

    func appealLodged(_ recipient: String, _ candidacy: Candidacy, _ call: Call) -> Letter {
        letter(
            to: recipient, subject: "Recours reçu\u{202F}: \(call.title)",
            [
                "Votre recours sur la décision de «\u{A0}\(candidacy.name)\u{A0}» est enregistré. Il sera examiné par une autre "
                    + "personne que celle qui a enregistré la décision.", address(Self.decisionPath(candidacy.id)),
            ])
    }

    func appealRejected(_ recipient: String, _ answer: String, _ candidacy: Candidacy, _ call: Call) -> Letter {
        letter(
            to: recipient, subject: "Réponse à votre recours\u{202F}: \(call.title)",
            [
                "Votre recours sur la décision de «\u{A0}\(candidacy.name)\u{A0}» est rejeté\u{202F}; la décision reste.",
                answer, address(Self.decisionPath(candidacy.id)),
            ])
    }
}
