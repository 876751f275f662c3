import HTTPTypes
import Maillage
import Markup

/// A candidacy as one of its people sees it, read for a page.
struct CandidacyReading: Sendable {
    var dossier: CandidacyDossier
    var now: Instant

    var candidacy: Candidacy { dossier.candidacy }
    var call: Call { dossier.call }
    var id: Candidacy.ID { candidacy.id }
    var wave: CallWave? { candidacy.targetWave(of: call, at: now) }
    /// What the lead answers.
    var side: DossierSide { DossierSide(whole: self, part: nil) }
    var isEditable: Bool { candidacy.isEditable(in: call, at: now) }

    /// The candidacy in the address; `Missing` alike for one of others and for what never was (CAND-1).
    static func find(_ visit: Visit) async throws -> CandidacyReading {
        let id = try visit.identifier("id", of: Candidacy.ID.self)
        let (principal, now, shelf) = (visit.principal, visit.now, visit.reception.forms)
        let dossier = try await visit.read {
            try CandidacyDossier.own(principal, id, at: now, shelf: shelf, $0)
        }
        return CandidacyReading(dossier: dossier, now: now)
    }

    /// The way back up from one of the candidacy's pages; `nil` for its own page.
    func crumbs(_ current: String?) -> Breadcrumbs {
        let list = ("Mes candidatures", Link(path: "candidatures"))
        guard let current else { return Breadcrumbs([list], current: Format.excerpt(candidacy.name, limit: 48)) }
        return Breadcrumbs(
            [list, (Format.excerpt(candidacy.name, limit: 48), Link(path: "candidatures", id.text))], current: current)
    }

    /// The head of one of the candidacy's pages.
    func head(_ title: String, crumb: String? = nil, hasErrors: Bool = false) -> PageHead {
        var head = PageHead(title, section: "Candidatures", breadcrumbs: crumbs(crumb))
        head.isIndexed = false
        head.hasErrors = hasErrors
        return head
    }
}

/// Where a candidacy stands, in a word with its colour.
struct CandidacyBadge: View {
    var candidacy: Candidacy

    static func badge(_ candidacy: Candidacy) -> Badge {
        let tone: Badge.Tone =
            switch candidacy.state {
            case .draft: .warn
            case .deposited, .admitted: .good
            case .late: .info
            case .dismissed: .bad
            case .withdrawn: .neutral
            }
        return Badge(candidacy.state.label, tone)
    }

    func render(into html: inout HTML) {
        html.add(Self.badge(candidacy))
        if candidacy.hasNewerDraft, candidacy.state == .deposited {
            html.text(" ")
            html.add(Badge("modifiée depuis, non redéposée", .warn))
        }
    }
}

/// Until when, and how long there is left: the words of the call, everywhere the same.
struct CandidacyDeadline: View {
    var call: Call
    var wave: CallWave?
    var now: Instant
    var state = CandidacyState.draft
    /// The draft says more than what was deposited.
    var hasNewerDraft = false

    /// What may still be done before the limit.
    private var verb: String {
        switch state {
        case .draft: "À déposer "
        case .withdrawn: "Vous pouvez la déposer à nouveau "
        case .deposited where hasNewerDraft: "Vos changements sont à déposer à nouveau "
        case .deposited, .late, .admitted, .dismissed: "Vous pouvez la remplacer ou la retirer "
        }
    }

    func render(into html: inout HTML) {
        guard let wave else { return }
        html.p(.class("deadline-card")) { html in
            html.text(now < wave.closesAt ? verb : "La limite est passée\u{202F}: c’était ")
            html.time(.datetime(Format.machine(wave.closesAt))) { $0.strong(wave.deadlineWords) }
            html.text(". ")
            if now < wave.closesAt { html.span(Format.capitalized(wave.timeLeft(at: now)) + ".", .class("time-left")) }
        }
    }
}

extension CandidacyDeadline {
    init(reading: CandidacyReading) {
        self.init(
            call: reading.call, wave: reading.wave, now: reading.now, state: reading.candidacy.state,
            hasNewerDraft: reading.candidacy.hasNewerDraft)
    }
}
