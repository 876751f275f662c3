import Maillage
import Markup

/// What was found of the call's conditions at the deposit, as it was frozen then (CAND-35).
struct EligibilityVerdicts: View {
    var verdicts: [EligibilityVerdict]

    func render(into html: inout HTML) {
        guard !verdicts.isEmpty else { return }
        html.section { html in
            html.h2("Conditions de l’appel, au moment du dépôt")
            html.p(
                "Ce qui suit a été figé avec le dossier. Un changement ultérieur des registres ne le change pas.",
                .class("muted"))
            html.ul(.class("plain findings")) { html in
                for verdict in verdicts {
                    html.li { html in
                        html.add(Badge(verdict.outcome.label, Self.tone(verdict.outcome)))
                        html.p { $0.strong(Format.typography(verdict.condition)) }
                        html.p(Format.typography(verdict.evidence))
                        html.p(origin(verdict), .class("muted"))
                    }
                }
            }
        }
    }

    private func origin(_ verdict: EligibilityVerdict) -> String {
        let edition = verdict.edition.isEmpty ? "" : ", édition \(verdict.edition)"
        return "Source\u{202F}: \(verdict.source)\(edition). Vérifié le \(CallWords.date(verdict.on))."
    }

    static func tone(_ outcome: EligibilityOutcome) -> Badge.Tone {
        switch outcome {
        case .satisfied: .good
        case .unsatisfied: .bad
        case .toCheck: .warn
        }
    }
}

/// The parts of the partners as they were deposited, to read and print.
struct DepositedParts: View {
    var parts: [CandidacyPart]
    /// Where documents are downloaded from; nil to name them only.
    var links: AnswerFileLinks?

    func render(into html: inout HTML) {
        for part in parts {
            html.section { html in
                html.h2(part.partner.name)
                html.p(part.partner.state.label, .class("muted"))
                html.add(
                    CandidacyAnswers(
                        state: part.state, sections: part.state.compiled.form.sections, links: links, titleLevel: 3))
            }
        }
    }
}

/// The conditions of the call as they are known before a deposit.
struct LiveEligibility: View {
    var findings: [EligibilityFinding]

    func render(into html: inout HTML) {
        guard !findings.isEmpty else { return }
        html.section(.id("conditions")) { html in
            html.h2("Conditions de l’appel")
            html.p("Ce qui est trouvé à l’instant du dépôt sera figé avec le dossier.", .class("muted"))
            html.ul(.class("plain findings")) { html in
                for finding in findings {
                    html.li { html in
                        html.add(Badge(finding.outcome.label, EligibilityVerdicts.tone(finding.outcome)))
                        html.p { $0.strong(Format.typography(finding.condition.sentence)) }
                        html.p(Format.typography(finding.evidence), .class("muted"))
                    }
                }
            }
        }
    }
}
