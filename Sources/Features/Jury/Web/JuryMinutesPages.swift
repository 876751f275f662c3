import HTTPTypes
import Maillage
import Markup

/// `/appels/{slug}/jury/proces-verbal`: the minutes, drafted from what was recorded, then signed for ever.
enum JuryMinutesPages {
    static func show(_ visit: Visit) async throws -> Answer {
        try await page(visit, Problems())
    }

    static func sign(_ visit: Visit) async throws -> Answer {
        let at = try await JuryVisit.find(visit)
        do {
            _ = try await visit.perform(
                SignMinutes(call: at.call.id, wave: at.wave?.id, fingerprint: visit.form["empreinte"] ?? ""))
            return .done(
                "Le procès-verbal est signé\u{202F}: plus rien ne change.", to: Paths.jury(at.address, .minutes))
        } catch let problems as Problems {
            return try await page(visit, problems)
        }
    }

    static func print(_ visit: Visit) async throws -> Answer {
        let (at, text, minutes) = try await found(visit)
        let view = JuryMinutesView(text: text)
        let foot =
            minutes.map { "Signé par \($0.signer) le \(JuryWords.moment($0.signedAt)). SHA-256 \($0.fingerprint)" }
            ?? "Projet de procès-verbal, non signé"
        let document = PrintedDocument("Procès-verbal du jury\u{202F}: \(at.call.title)", footer: foot) { $0.add(view) }
        let name = "proces-verbal-\(at.stem).pdf"
        guard let printer = visit.reception.printer else { return unavailable(visit, at) }
        do {
            return Answer.file(try await printer.pdf(of: document.bytes), type: "application/pdf", savedAs: name)
        } catch let failure as PrintingFailure {
            visit.reception.log.warning("print", metadata: ["reason": "\(failure)"])
            return unavailable(visit, at)
        }
    }

    private static func unavailable(_ visit: Visit, _ at: JuryVisit) -> Answer {
        visit.page("Pas de PDF pour l’instant", status: .serviceUnavailable) { html in
            html.h1("Pas de PDF pour l’instant")
            html.p("La page elle-même s’imprime\u{202F}: utilisez l’impression de votre navigateur.")
            html.p { $0.a("Revenir au procès-verbal", .href(Paths.jury(at.address, .minutes))) }
        }
    }

    /// The signed text; before, the draft, for those who keep the call and the chair.
    private static func found(_ visit: Visit) async throws -> (JuryVisit, String, JuryMinutes?) {
        let at = try await JuryVisit.find(visit)
        let (access, now) = (at.access, visit.now)
        guard let jury = at.jury, jury.isRevealed else { throw Missing() }
        return try await visit.read { reader in
            let minutes = try JuryMinutesText.signed(access, reader)
            return (at, try minutes?.text ?? JuryMinutesText.draft(access, at: now, reader), minutes)
        }
    }

    private static func page(_ visit: Visit, _ problems: Problems) async throws -> Answer {
        let (at, text, minutes) = try await found(visit)
        let tokens = FormTokens(visit)
        let print = minutes?.fingerprint ?? Fingerprint(of: Array(text.utf8)).text
        return visit.page(
            at.head("Procès-verbal", hasErrors: !problems.isEmpty),
            status: problems.isEmpty ? .ok : .unprocessableContent
        ) { html in
            html.add(JuryMinutesView(text: text))
            html.add(JuryNavigation(at: at, current: .minutes))
            html.add(ErrorSummary(problems))
            html.section(.class("seal")) { html in
                if let minutes {
                    html.p("Signé par \(minutes.signer) le \(Format.moment(minutes.signedAt)).")
                } else {
                    html.p(
                        "Projet, non signé. Il est fait de ce qui est enregistré\u{202F}: pour le corriger, corrigez la séance."
                    )
                }
                html.p(.class("break")) { html in
                    html.text("Empreinte SHA-256\u{202F}: ")
                    html.code(print)
                }
                html.p { $0.a("Télécharger en PDF", .href(Paths.jury(at.address, .minutesPrint))) }
                if at.access.chairs, minutes == nil {
                    html.writingButton(
                        "Signer ce procès-verbal", to: Paths.jury(at.address, .minutes), tokens, style: .primary,
                        fields: [("empreinte", print)])
                    html.p(
                        "En signant, vous fermez la séance\u{202F}: ni notes, ni avis, ni classement ne changeront plus.",
                        .class("help"))
                }
            }
        }
    }
}

/// The text laid out: titles, lists, paragraphs.
struct JuryMinutesView: View {
    var text: String

    func render(into html: inout HTML) {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)[...]
        html.h1(lines.popFirst() ?? "")
        html.p(lines.popFirst() ?? "", .class("lead"))
        while let line = lines.popFirst() {
            if line.isEmpty { continue }
            if line.hasPrefix("# ") {
                html.h2(String(line.dropFirst(2)))
            } else if line.hasPrefix("- ") {
                var items = [line]
                while let next = lines.first, next.hasPrefix("- ") {
                    items.append(next)
                    lines.removeFirst()
                }
                html.ul { html in
                    for item in items { html.li(String(item.dropFirst(2)), .class("break")) }
                }
            } else {
                html.p(line)
            }
        }
    }
}
