import HTTPTypes
import Maillage
import Markup

/// `/candidatures/{id}/parts`: what each partner answers, who fills it and who commits it.
enum CandidacyPartPages {
    static func list(_ visit: Visit) async throws -> Answer {
        try await listed(visit, try await CandidacyReading.find(visit), Problems())
    }

    /// The lead's own structure takes a part like the others.
    static func take(_ visit: Visit) async throws -> Answer {
        let reading = try await CandidacyReading.find(visit)
        do {
            let partner = try await visit.perform(
                TakePartAsLead(candidacy: reading.id, name: visit.form["partenaire"] ?? ""))
            return .done("La part de votre structure est ouverte.", to: Paths.candidacyPart(reading.id, partner.id))
        } catch let problems as Problems {
            return try await listed(visit, reading, problems)
        }
    }

    static func show(_ visit: Visit) async throws -> Answer {
        try await page(visit, try await PartReading.find(visit), Problems())
    }

    static func invite(_ visit: Visit) async throws -> Answer {
        let reading = try await PartReading.find(visit)
        do {
            _ = try await visit.perform(
                InviteToPart(
                    candidacy: reading.candidacy.id, partner: reading.partner.id, email: visit.form["courriel"] ?? "",
                    commits: visit.form.has("engage"), head: visit.head))
            return .done("L’invitation est partie.", to: reading.path)
        } catch let problems as Problems {
            return try await page(visit, reading, problems)
        }
    }

    static func commit(_ visit: Visit) async throws -> Answer {
        let reading = try await PartReading.find(visit)
        // Everybody commits their own structure, whichever address they typed.
        guard reading.isOwn else { throw Denied("Chaque partenaire s’engage lui-même.") }
        do {
            try await visit.perform(
                CommitPartner(
                    candidacy: reading.candidacy.id, agrees: visit.form["engagement"] != nil, head: visit.head,
                    shelf: visit.reception.forms))
            return .done("\(reading.partner.name) est engagé.", to: reading.path)
        } catch let problems as Problems {
            return try await page(visit, reading, problems)
        }
    }

    private static func listed(
        _ visit: Visit, _ reading: CandidacyReading, _ problems: Problems
    ) async throws -> Answer {
        let (principal, candidacy, partners) = (visit.principal, reading.candidacy, reading.dossier.review.partners)
        let view = PartnersView(
            reading: reading,
            remarks: try await visit.read {
                try CandidacyRemarkStore.open(principal, candidacy, in: partners, $0)
            }, problems: problems, form: visit.form, tokens: FormTokens(visit))
        return visit.page(
            reading.head("Les parts des partenaires", crumb: "Partenaires", hasErrors: !problems.isEmpty),
            status: problems.isEmpty ? .ok : .unprocessableContent, view)
    }

    private static func page(_ visit: Visit, _ reading: PartReading, _ problems: Problems) async throws -> Answer {
        let (id, partner) = (reading.candidacy.id, reading.partner.id)
        let (members, names) = try await visit.read { reader in
            let members = try CandidacyMemberStore.members(of: id, reader).filter { $0.partner == partner }
            return (members, try AccountStore.names(members.compactMap(\.account), reader))
        }
        let view = CandidacyPartView(
            reading: reading, members: members, names: names,
            company: try await CandidacyCompany.read(visit, reading.side), problems: problems, form: visit.form,
            tokens: FormTokens(visit))
        return visit.page(
            reading.head(reading.partner.name, hasErrors: !problems.isEmpty),
            status: problems.isEmpty ? .ok : .unprocessableContent, view)
    }
}

/// A partner's part as one of the candidacy's people sees it.
struct PartReading: Sendable {
    var whole: CandidacyReading
    var part: CandidacyPart

    var partner: CandidacyPartner { part.partner }
    var candidacy: Candidacy { whole.candidacy }
    var path: String { Paths.candidacyPart(candidacy.id, partner.id) }
    var isOwn: Bool { whole.dossier.member?.partner == partner.id }
    var mayWrite: Bool { whole.dossier.mayWrite(partOf: partner, at: whole.now) }
    var mayCommit: Bool { isOwn && whole.dossier.member?.commits == true && whole.isEditable && part.isPresent }

    /// The part in the address; `Missing` for who takes no part in the candidacy, for a partner of another, and when the form asks
    /// partners nothing.
    static func find(_ visit: Visit) async throws -> PartReading {
        let reading = try await CandidacyReading.find(visit)
        let partner = try visit.identifier("partner", of: CandidacyPartner.ID.self)
        guard let part = reading.dossier.review.part(of: partner) else { throw Missing() }
        return PartReading(whole: reading, part: part)
    }

    /// The head of one of the part's pages.
    func head(_ title: String, isSection: Bool = false, hasErrors: Bool = false) -> PageHead {
        let name = Format.excerpt(candidacy.name, limit: 32)
        var trail: [(String, Link)] = [
            ("Mes candidatures", Link(path: "candidatures")), (name, Link(path: "candidatures", candidacy.id.text)),
            ("Partenaires", Link(path: "candidatures", candidacy.id.text, "parts")),
        ]
        if isSection {
            trail.append(
                (
                    Format.excerpt(partner.name, limit: 32),
                    Link(path: "candidatures", candidacy.id.text, "parts", partner.id.text)
                ))
        }
        var head = PageHead(
            title, section: "Candidatures",
            breadcrumbs: Breadcrumbs(trail, current: Format.excerpt(title, limit: 48)))
        head.isIndexed = false
        head.hasErrors = hasErrors
        return head
    }
}
