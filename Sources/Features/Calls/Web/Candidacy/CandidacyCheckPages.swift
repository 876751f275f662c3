import HTTPTypes
import Maillage
import Markup
import Storage

/// `/candidatures/{id}/verification` and the final act: all that will be deposited, what is missing, then one tiny request.
enum CandidacyCheckPages {
    static func show(_ visit: Visit) async throws -> Answer {
        page(visit, try await led(visit))
    }

    /// Three answers, never mixed up: recorded (the receipt), not recorded (why), unknown (how to know). See `unknown`.
    static func deposit(_ visit: Visit) async throws -> Answer {
        let reading = try await led(visit)
        guard let signer = visit.reception.receiptKeys else { throw StorageError.unavailable("no key signs receipts") }
        let version = visit.form.int("version") ?? 0
        do {
            let key = try await key(visit, reading, version: version)
            let office = DepositOffice(head: visit.head, keys: signer, shelf: visit.reception.forms)
            let preparation = try await visit.read { try DepositPreparation.of(reading.dossier, $0) }
            let outcome = try await visit.perform(
                DepositCandidacy(
                    candidacy: reading.id, version: version, key: key, arrival: visit.arrival, office: office,
                    preparation: preparation))
            let hasCopy = await DepositCopy.keep(outcome, visit.reception)
            return recorded(reading.id, outcome, hasCopy: hasCopy)
        } catch let incomplete as CandidacyIncomplete {
            var answer = page(visit, try await led(visit))
            answer.status = incomplete.shortfalls.isEmpty ? .ok : .unprocessableContent
            return answer
        } catch is Conflict {
            return page(
                visit, try await led(visit),
                Problems(
                    "",
                    "Des réponses ont changé depuis que vous avez ouvert cette page. Relisez ce qui suit, puis déposez\u{202F}: "
                        + "rien n’a été déposé."))
        } catch let problems as Problems {
            return page(visit, reading, problems)
        } catch StorageError.outcomeUnknown(let reason) {
            visit.reception.log.error("a deposit is uncertain", metadata: ["reason": "\(reason)"])
            return unknown(visit, reading)
        }
    }

    /// The key that came, if it was given for this candidacy and version, or names a deposit that was made.
    private static func key(_ visit: Visit, _ reading: CandidacyReading, version: Int) async throws -> DepositKey {
        let refusal = Problems(
            "",
            "Cette page de vérification n’est pas reconnue\u{202F}: relisez ce qui suit et déposez. Rien n’a été déposé."
        )
        guard let text = visit.form.text("cle_depot"), let key = DepositKey(text: text) else { throw refusal }
        let isKnown = reading.dossier.deposits.contains { $0.key == key.text }
        guard isKnown || visit.reception.keys.isValid(depositKey: text, for: subject(reading.id, version)) else {
            throw refusal
        }
        return key
    }

    private static func subject(_ id: Candidacy.ID, _ version: Int) -> String { "\(id.text)\n\(version)" }

    private static func recorded(_ id: Candidacy.ID, _ outcome: DepositOutcome, hasCopy: Bool?) -> Answer {
        let target = Paths.candidacy(id, .receipt)
        if outcome.isRepeated {
            let when = Receipt.words(of: outcome.deposit.arrival, .paris)
            return .redirect(
                to: target,
                flash: FlashMessage(.information, "Ce dépôt était déjà enregistré, le \(when). Voici son récépissé."))
        }
        var words =
            outcome.deposit.verdict == .onTime
            ? "Votre candidature est enregistrée. Gardez le récépissé."
            : "Votre dépôt est enregistré hors délai\u{202F}: il est conservé, l’organisateur décidera par écrit."
        if hasCopy == false { words += " La copie de secours est en attente." }
        return .redirect(
            to: target, flash: FlashMessage(outcome.deposit.verdict == .onTime ? .success : .warning, words))
    }

    private static func unknown(_ visit: Visit, _ reading: CandidacyReading) -> Answer {
        let head = reading.head("Dépôt à vérifier", crumb: "Dépôt")
        return visit.page(head, status: .serviceUnavailable) { html in
            html.h1("Nous ne pouvons pas confirmer le dépôt")
            html.p(
                "Le disque n’a pas répondu au moment d’enregistrer. Votre dépôt est peut-être reçu, peut-être pas. Rouvrez cette "
                    + "page dans une minute\u{202F}: elle dira la vérité. Recommencer est sans risque, un seul dépôt sera compté."
            )
            html.p {
                $0.a(
                    "Vérifier où en est mon dépôt", .href(Paths.candidacy(reading.id)), .class("button button-primary"))
            }
            html.p("Référence\u{202F}: \(visit.requestID)")
        }.with(.retryAfter, "60")
    }

    private static func led(_ visit: Visit) async throws -> CandidacyReading {
        let reading = try await CandidacyReading.find(visit)
        guard reading.dossier.leads else {
            throw Denied(
                "Seule la personne qui porte la candidature la dépose. Vous pouvez lire et écrire vos sections.")
        }
        return reading
    }

    private static func page(
        _ visit: Visit, _ reading: CandidacyReading, _ problems: Problems = Problems()
    ) -> Answer {
        let version = reading.candidacy.version
        let view = CandidacyCheckView(
            reading: reading,
            key: visit.reception.keys.depositKey(
                for: subject(reading.id, version), chance: visit.reception.surroundings.secret(16)),
            problems: problems, tokens: FormTokens(visit))
        let head = reading.head("Vérifier ma candidature", crumb: "Vérification", hasErrors: !problems.isEmpty)
        return visit.page(head, status: problems.isEmpty ? .ok : .unprocessableContent, view)
    }
}

/// The second copy of a deposit, after the commit and before the answer (reference « deposit journal »).
enum DepositCopy {
    /// Whether the deposit is on the second volume; nil when there is none. One that is repeated waits for the copy that the
    /// first attempt is making, or makes it: no receipt is shown before.
    static func keep(_ outcome: DepositOutcome, _ reception: Reception) async -> Bool? {
        guard let journal = reception.depositJournal else { return nil }
        guard let entry = outcome.entry else { return false }
        do {
            try await journal.append(entry)
            return true
        } catch {
            // The deposit is committed and its receipt is true: it goes on, with an alarm.
            reception.log.critical("the second copy of a deposit failed", metadata: ["error": "\(error)"])
            return false
        }
    }
}

/// All that will be deposited, and the button.
struct CandidacyCheckView: View {
    var reading: CandidacyReading
    var key: String
    var problems = Problems()
    var tokens = FormTokens.sample

    private var candidacy: Candidacy { reading.candidacy }

    func render(into html: inout HTML) {
        html.h1("Vérifier ma candidature")
        html.p(.class("lead")) { $0.a(reading.call.title, .href(Paths.call(reading.call.slug))) }
        html.add(ErrorSummary(problems, reassurance: "Rien n’a été déposé\u{202F}; votre brouillon est intact."))
        html.add(CandidacyDeadline(reading: reading))
        html.p("À l’heure de nos serveurs, il est \(Receipt.words(of: reading.now, .paris)).", .class("muted"))
        html.add(CandidacyShortfalls(reading: reading, saysNothing: true))
        let state = reading.dossier.review.state
        html.section { html in
            html.h2("Ce qui sera déposé")
            html.add(
                DefinitionList([
                    .init("Projet", candidacy.title), .init("Structure", candidacy.structure),
                    .init("SIRET", candidacy.siret), .init("Appel", reading.call.title),
                ]))
        }
        html.add(LiveEligibility(findings: reading.dossier.review.eligibility))
        html.add(
            CandidacyAnswers(
                state: state, sections: state.compiled.form.sections, links: .own(reading.id),
                figures: { reading.dossier.review.figures(of: $0) }))
        html.add(DepositedParts(parts: reading.dossier.review.parts.filter(\.isPresent), links: .own(reading.id)))
        renderButton(into: &html)
    }

    private func renderButton(into html: inout HTML) {
        let isDone =
            candidacy.depositedVersion == candidacy.version
            && (candidacy.state == .deposited || candidacy.state == .late)
        guard reading.dossier.review.shortfalls.isEmpty else {
            html.p("Le bouton de dépôt apparaîtra quand rien ne manquera. Ce qui est écrit reste enregistré.")
            return
        }
        guard !isDone else {
            html.p { html in
                html.text("Cette version est déjà déposée. ")
                html.a("Voir le récépissé", .href(Paths.candidacy(reading.id, .receipt)))
            }
            return
        }
        let isLate = reading.wave.map { reading.now >= $0.closesAt } ?? false
        html.section(.class("card")) { html in
            html.h2("Déposer")
            html.p(
                isLate
                    ? "La limite est passée. Votre dépôt sera conservé avec un récépissé «\u{A0}hors délai\u{A0}», et "
                        + "l’organisateur décidera par écrit."
                    : "Vous recevrez aussitôt un récépissé signé. Jusqu’à la limite, vous pourrez corriger et déposer à nouveau, "
                        + "ou retirer votre candidature.")
            html.writingForm(to: Paths.candidacy(reading.id, .deposit), tokens) { html in
                html.add(HiddenField("cle_depot", key))
                html.add(HiddenField("version", String(candidacy.version)))
                html.actions { html in
                    html.submit(isLate ? "Déposer hors délai" : "Déposer ma candidature")
                    html.a("Revenir au brouillon", .href(Paths.candidacy(reading.id)))
                }
            }
        }
    }
}
