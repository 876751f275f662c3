import Maillage

/// What the pages of Calls show of Funding: the way to the lines of a call, for those who keep it, and to the aid of a candidacy, for
/// its lead.
enum FundingPointers {
    static func onCall(_ visit: Visit, _ call: Call) async throws -> [LaterRooms.Pointer] {
        guard call.state != .draft else { return [] }
        let principal = visit.principal
        var filter = FundingListing.Filter()
        filter.call = call.id
        let narrowed = filter
        let (totals, waiting) = try await visit.read { reader in
            (
                try FundingListing.totals(principal, narrowed, reader),
                try DecidedGrant.count(principal, in: call.id, reader)
            )
        }
        var pointers: [LaterRooms.Pointer] = []
        if waiting > 0 {
            pointers.append(
                .init(
                    Format.count(
                        waiting, "aide notifiée n’est pas au registre.", "aides notifiées ne sont pas au registre."),
                    "Porter au registre", Paths.decidedGrants(call.slug)))
        }
        guard !totals.isEmpty else { return pointers }
        let granted = totals.reduce(0) { $0 + $1.granted }
        pointers.append(
            .init(
                "Financements\u{202F}: \(Format.euros(cents: granted)) accordés.", "Voir les lignes",
                Paths.path("financements", query: [("appel", call.id.text)])))
        return pointers
    }

    static func onCandidacy(_ visit: Visit, _ candidacy: Candidacy) async throws -> [LaterRooms.Pointer] {
        let (principal, id) = (visit.principal, candidacy.id)
        var filter = FundingListing.Filter()
        filter.candidacy = id
        let narrowed = filter
        let items = try await visit.read { try FundingListing.items(principal, narrowed, limit: 20, $0) }
        return items.filter(\.isFull).map { item in
            LaterRooms.Pointer(
                "\(item.funder)\u{202F}: \(item.line.state.label.lowercased()).", "Suivre cette aide",
                Paths.funding(item.line.id))
        }
    }

    /// What else was granted to the structure or the place of a dossier that the reader may read.
    static func besideDossier(_ visit: Visit, _ candidacy: Candidacy.ID) async throws -> [LaterRooms.Grant] {
        let principal = visit.principal
        return try await visit.read { try GrantedElsewhere.beside(candidacy, principal, $0) }.map { grant in
            let path =
                switch grant.source {
                case .decision(let slug, let id): Paths.decision(slug, id)
                case .result(let slug): Paths.call(slug, .results)
                case .line(let id): Paths.funding(id)
                }
            return LaterRooms.Grant(
                title: grant.title, year: grant.year, amount: grant.amount,
                state: grant.state?.label ?? "Décidé", tie: grant.tie.label, path: path)
        }
    }
}
