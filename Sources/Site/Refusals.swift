import Exchange
import HTTPTypes
import Logging
import Maillage
import Markup
import Storage

/// From what was thrown to what is answered: one place, in plain French for people, in `application/problem+json` for machines.
enum Refusals {
    /// What a refusal becomes.
    private struct Outcome {
        var status: HTTPResponse.Status
        var title: String
        var sentence: String
        var problems: [Problems.Problem] = []
        var headers: HTTPFields = [:]
        var showsReference = false
    }

    static func answer(to error: any Error, _ visit: Visit) -> Answer {
        if error is Denied, !visit.principal.isSignedIn, !visit.isForMachines, ![.post, .patch].contains(visit.method) {
            return .redirect(to: Paths.signIn(then: Paths.local(visit.target)))
        }
        if error is Denied, let answer = FactorLead.answer(visit) { return answer }
        if let moved = error as? Moved { return answer(to: moved, visit) }
        let outcome = outcome(of: error, visit)
        var answer = visit.isForMachines ? problem(outcome, visit) : page(outcome, visit)
        for field in outcome.headers { answer.headers[field.name] = field.value }
        return answer
    }

    /// A form sent to a former address is not sent on: its reader says where the page is, and that nothing was written.
    private static func answer(to moved: Moved, _ visit: Visit) -> Answer {
        guard visit.method == .post else {
            return Answer(status: .movedPermanently, headers: [.location: moved.path])
        }
        return .redirect(
            to: moved.path,
            flash: FlashMessage(.error, "La page a changé d’adresse entre-temps\u{202F}: rien n’a été enregistré."))
    }

    private static func outcome(of error: any Error, _ visit: Visit) -> Outcome {
        switch error {
        case let refusal as DoorRefusal:
            var outcome = Outcome(
                status: refusal.status, title: refusal.title, sentence: refusal.sentence, headers: refusal.headers)
            if refusal.closes { outcome.headers[.connection] = "close" }
            return outcome
        case is Malformed:
            let refusal = DoorRefusal.unreadable
            return Outcome(status: refusal.status, title: refusal.title, sentence: refusal.sentence)
        case is Missing:
            return Outcome(
                status: .notFound, title: "Page introuvable",
                sentence: "Cette page n’existe pas, ou n’existe plus, ou ne vous est pas ouverte.")
        case let denied as Denied:
            return Outcome(status: .forbidden, title: "Accès refusé", sentence: denied.reason)
        case let problems as Problems where visit.isForMachines && visit.method != .post:
            return Outcome(
                status: .badRequest, title: "Question mal comprise",
                sentence: "Des paramètres de l’adresse n’ont pas de sens\u{202F}: voyez «\u{A0}errors\u{A0}».",
                problems: problems.list)
        case let problems as Problems:
            return Outcome(
                status: .unprocessableContent, title: "À corriger",
                sentence: visit.method == .post
                    ? "Rien n’a été enregistré. Revenez en arrière\u{202F}: votre saisie est toujours là."
                    : "Cette adresse demande quelque chose qui n’a pas de sens.",
                problems: problems.list)
        case is Conflict:
            return Outcome(
                status: .conflict, title: "Modifié entre-temps",
                sentence:
                    "Quelqu’un d’autre a modifié cette fiche pendant que vous l’écriviez. Rien n’a été écrasé\u{202F}: "
                    + "revenez en arrière pour copier votre texte, puis rouvrez la page.")
        case let throttled as Throttled:
            return Outcome(
                status: .tooManyRequests, title: "Trop de tentatives",
                sentence: "Réessayez dans \(Self.wait(throttled.retryAfter)).",
                headers: [.retryAfter: String(max(1, throttled.retryAfter.seconds))])
        case let storage as StorageError:
            return outcome(of: storage, visit)
        default:
            return unexpected(error, visit)
        }
    }

    private static func outcome(of error: StorageError, _ visit: Visit) -> Outcome {
        switch error {
        case .diskFull:
            log(error, visit)
            return Outcome(
                status: .init(code: 507, reasonPhrase: "Insufficient Storage"), title: "Plus de place",
                sentence:
                    "Le service n’a plus de place pour enregistrer. Rien n’a été enregistré\u{202F}; la coordination est "
                    + "prévenue, réessayez plus tard.")
        case .outcomeUnknown:
            log(error, visit)
            return Outcome(
                status: .serviceUnavailable, title: "Enregistrement à vérifier",
                sentence:
                    "Nous ne pouvons pas confirmer que votre envoi est enregistré. Rouvrez cette page dans une minute "
                    + "pour le vérifier avant de recommencer.",
                headers: [.retryAfter: "60"], showsReference: true)
        case .serialization, .timeout, .unavailable:
            log(error, visit)
            return Outcome(
                status: .serviceUnavailable, title: "Service occupé",
                sentence:
                    "Le service n’a pas pu répondre à temps. Rien n’a été enregistré\u{202F}; réessayez dans un instant.",
                headers: [.retryAfter: "10"], showsReference: true)
        default:
            return unexpected(error, visit)
        }
    }

    private static func unexpected(_ error: any Error, _ visit: Visit) -> Outcome {
        log(error, visit)
        return Outcome(
            status: .internalServerError, title: "Une erreur est survenue",
            sentence:
                "Ce n’est pas de votre fait. Rien n’a été enregistré par cette page. Si l’erreur se répète, écrivez-nous "
                + "en donnant la référence ci-dessous.",
            showsReference: true)
    }

    private static func log(_ error: any Error, _ visit: Visit) {
        visit.reception.log.error(
            "refused",
            metadata: [
                "id": "\(visit.requestID)", "method": "\(visit.method.rawValue)",
                "route": "\(visit.route?.pattern ?? "-")",
                "error": "\(oneLine(String(describing: error)))",
            ])
    }

    private static func oneLine(_ text: String) -> String {
        String(text.prefix(500).map { $0.isNewline ? " " : $0 })
    }

    private static func wait(_ span: Instant.Span) -> String {
        let seconds = max(1, span.seconds)
        if seconds < 90 { return "\(seconds)\u{A0}seconde" + (seconds > 1 ? "s" : "") }
        return "\((seconds + 59) / 60)\u{A0}minutes"
    }

    private static func page(_ outcome: Outcome, _ visit: Visit) -> Answer {
        var head = PageHead(outcome.title)
        head.isIndexed = false
        return visit.page(head, status: outcome.status) { html in
            html.h1(outcome.title)
            html.p(outcome.sentence)
            html.add(ErrorSummary(outcome.problems.map { ("", $0.message) }))
            if outcome.showsReference { html.p("Référence\u{202F}: \(visit.requestID)") }
            html.p { $0.a("Retour à l’accueil", .href(Paths.home)) }
        }
    }

    /// RFC 9457.
    private static func problem(_ outcome: Outcome, _ visit: Visit) -> Answer {
        var json = JSONWriter()
        json.beginObject()
        json.member("type", "about:blank")
        json.member("title", outcome.title)
        json.member("status", outcome.status.code)
        json.member("detail", outcome.sentence)
        if outcome.showsReference { json.member("instance", "urn:maillage:request:" + visit.requestID) }
        if !outcome.problems.isEmpty {
            json.name("errors")
            json.beginArray()
            for problem in outcome.problems {
                json.beginObject()
                json.member("field", problem.field)
                json.member("message", problem.message)
                json.endObject()
            }
            json.endArray()
        }
        json.endObject()
        return Answer(status: outcome.status, type: "application/problem+json", bytes: json.bytes)
    }
}
