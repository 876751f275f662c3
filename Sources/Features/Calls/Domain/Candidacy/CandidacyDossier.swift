import Exchange
import Storage

/// A candidacy as one of its people reads it.
public struct CandidacyDossier: Sendable {
    public let review: CandidacyReview
    /// The reader's own part; nil for a lead without one.
    public let member: CandidacyMember?
    public let leads: Bool
    /// The newest first.
    public let deposits: [CandidacyDeposit]
    /// The lead, offered to somebody who has not answered.
    public let offer: LeadOffer?

    public var candidacy: Candidacy { review.candidacy }
    public var call: Call { review.call }

    /// The dossier, if the principal leads the candidacy or takes part in it; throws `Missing` for all others (CAND-1).
    public static func own(
        _ principal: Principal, _ id: Candidacy.ID, at now: Instant, shelf: CandidacyFormShelf, _ reader: Reader
    ) throws -> CandidacyDossier {
        guard let candidacy = try CandidacyStore.own(principal, id, reader),
            let call = try CallStore.any(candidacy.call, reader)
        else { throw Missing() }
        return CandidacyDossier(
            review: try CandidacyReview.of(candidacy, call: call, at: now, shelf: shelf, reader),
            member: try CandidacyMemberStore.own(principal, of: id, reader),
            leads: CandidacyRights.leads(principal, candidacy),
            deposits: try CandidacyDepositStore.deposits(of: id, reader),
            offer: try LeadOfferStore.open(of: id, reader))
    }

    /// Whether the reader may change the answers of a partner's part now (CAND-31).
    public func mayWrite(partOf partner: CandidacyPartner, at now: Instant) -> Bool {
        member?.mayWrite(partOf: partner) == true && candidacy.isEditable(in: call, at: now)
    }

    /// The deposit that counts now: the last in time, else the last one (CAND-11).
    public var counting: CandidacyDeposit? {
        deposits.first { $0.verdict == .onTime } ?? deposits.first
    }

    /// Whether the reader may change the answers of a section now.
    public func mayWrite(_ section: String, at now: Instant) -> Bool {
        writes(section) && candidacy.isEditable(in: call, at: now)
    }

    /// Whether the reader is one of those who write a section, while it may be written.
    public func writes(_ section: String) -> Bool {
        leads || member?.mayWrite(section: section) == true
    }
}

/// What « Mes candidatures » shows of one.
public struct OwnCandidacy: Sendable {
    public let candidacy: Candidacy
    public let call: Call
    /// What prevents the deposit of the draft, as far as its own questions and partners tell.
    public let missing: Int
    public let leads: Bool
    /// Questions that are the principal's to write, and have no answer yet.
    public let duties: Int

    /// All that the principal leads or takes part in: the same number of statements for one as for a thousand.
    public static func all(
        _ principal: Principal, at now: Instant, shelf: CandidacyFormShelf, _ reader: Reader
    ) throws -> [OwnCandidacy] {
        let found = try CandidacyStore.own(principal, reader)
        guard !found.isEmpty else { return [] }
        let calls = try CallStore.calls(
            "call.id IN \(list: Set(found.map(\.call.number)).sorted())", order: "call.id", limit: 1_000, reader)
        let forms = try CallFormStore.forms(Set(found.map(\.form)).sorted(), reader)
        let places = try PlaceStore.places(.house, Array(Set(found.compactMap(\.place))).sorted(), reader)
        let partners = try CandidacyPartnerStore.partners(of: found.map(\.id), reader)
        let assignments = try CandidacyAssignmentStore.assignments(of: found.map(\.id), reader)
        let parts = try CandidacyMemberStore.own(principal, of: found.map(\.id), reader)
        let zonings = try FormZonings.known(
            try forms.reduce(into: []) { $0.formUnion(try shelf.zonings($1)) },
            communes: found.reduce(into: Set(places.compactMap { $0.sheet.sites.first?.commune })) {
                $0.formUnion(CandidacyReview.communes(of: $1, partners))
            },
            on: CivilZone.paris.local(now.microseconds).date, reader)
        return try found.compactMap { candidacy in
            guard let call = calls.first(where: { $0.id == candidacy.call }),
                let form = forms.first(where: { $0.id == candidacy.form })
            else { return nil }
            var environment = CandidacyReview.environment(
                of: candidacy, place: places.first { $0.id == candidacy.place }, at: now)
            environment.zonings = zonings
            let review = try CandidacyReview.assembled(
                candidacy, call: call, form: form, partners: partners.filter { $0.candidacy == candidacy.id },
                environment: environment, shelf: shelf, newerForm: nil)
            return OwnCandidacy(
                candidacy: candidacy, call: call, missing: review.shortfalls.count,
                leads: CandidacyRights.leads(principal, candidacy),
                duties: duties(
                    principal, review, parts.first { $0.candidacy == candidacy.id },
                    assignments.filter { $0.candidacy == candidacy.id }))
        }
    }

    /// How many questions are the principal's to write, in what the lead answers and in the principal's own part.
    private static func duties(
        _ principal: Principal, _ review: CandidacyReview, _ member: CandidacyMember?,
        _ assignments: [CandidacyAssignment]
    ) -> Int {
        let led = review.duties(
            of: principal.account,
            assignments.filter { assignment in
                assignment.partner == nil
                    && (assignment.account != principal.account
                        || CandidacyRights.mayWrite(
                            principal, review.candidacy, member: member, section: assignment.section))
            })
        guard let own = member?.partner.flatMap({ review.part(of: $0) }), own.isPresent else { return led.count }
        let part = CandidacyReview.duties(
            of: principal.account, in: own.state, assignments.filter { $0.partner == own.partner.id })
        return led.count + part.count
    }
}

extension CallFormStore {
    /// Several forms at once, in the order of their identifiers.
    static func forms(_ ids: [CallForm.ID], _ reader: Reader) throws -> [CallForm] {
        try reader.all(
            """
            SELECT id, call_id, maturity, version, title, definition, digest, created_at
            FROM call_form
            WHERE id IN \(list: ids.map(\.number))
            ORDER BY id
            """
        ) { row in
            CallForm(
                id: CallForm.ID(try row.int(0)), call: Call.ID(try row.int(1)), maturity: try row.text(2),
                version: Int(try row.int(3)), title: try row.text(4), definition: try row.text(5),
                digest: try row.text(6), createdAt: Instant(microseconds: try row.int(7)))
        }
    }
}
