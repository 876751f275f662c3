/// A visitor, without an account, says what is wrong in a sheet, or that the place has closed. The proposal is kept; it is shown to
/// those who decide once the visitor has pressed the link sent to their address.
public struct ProposeCorrection: Act {
    public static let right = "Toute personne qui voit la fiche ; la proposition compte une fois l’adresse confirmée."

    public let place: Place.ID
    public let kind: PlaceProposal.Kind
    public let values: [SheetField: SheetValue?]
    public let comment: String
    public let email: String
    /// Who throttles: the address the request came from.
    public let from: NetworkOrigin?
    public let head: LetterHead

    public init(
        place: Place.ID, kind: PlaceProposal.Kind, values: [SheetField: SheetValue?], comment: String, email: String,
        from: NetworkOrigin? = nil, head: LetterHead
    ) {
        self.place = place
        self.kind = kind
        self.values = values
        self.comment = comment
        self.email = email
        self.from = from
        self.head = head
    }

    /// The fields a visitor may propose: never who decides of the sheet, nor its sharing.
    public static let fields: [SheetField] = [
        .name, .summary, .families, .services, .hours, .hoursNote, .phone, .email, .website, .accessibility, .sites,
    ]

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try PlaceEditing(proceeding: proceeding).visible(place)
    }

    public func perform(_ proceeding: Proceeding) throws -> PlaceProposal.ID {
        let editing = PlaceEditing(proceeding: proceeding)
        let target = try editing.visible(place).place
        let seen =
            PlaceRights.mayReadPrivateFields(proceeding.principal, place) ? target.sheet : target.sheet.publicPart
        var problems = Problems()
        var author: EmailAddress?
        do {
            author = try EmailAddress(email, field: "courriel_auteur")
        } catch let refused as Problems {
            for problem in refused.list { problems.add(problem.field, problem.message) }
        }
        let allowed = values.filter { Self.fields.contains($0.key) && !target.sheet.privateFields.contains($0.key) }
        let corrected = try editing.sheet(seen, with: allowed, problems: &problems)
        let changes = corrected.differences(to: seen).map {
            PlaceChange.FieldChange($0, from: seen[$0], to: corrected[$0])
        }
        let remark = SheetRules.comment(comment)
        if kind != .closing, changes.isEmpty, remark.isEmpty {
            problems.add("", "Changez au moins un champ, ou écrivez un mot.")
        }
        try problems.throwIfAny()

        guard let author else { throw problems }
        try Throttle.take(Throttle.proposals(author, from), at: proceeding.now, proceeding.writer)

        let secret = Secret(proceeding.surroundings)
        let proposal = PlaceProposal(
            id: proceeding.newIdentifier(), place: place, kind: kind, source: Origin.person, fields: changes,
            comment: remark,
            author: author.text, state: .unconfirmed, createdAt: proceeding.now)
        try ProposalStore.insert(proposal, secretHash: secret.hash, proceeding.writer)
        proceeding.about(place)
        proceeding.note("proposal", proposal.id.text)
        proceeding.send(head.proposalToConfirm(author.text, target.sheet.name, secret))
        return proposal.id
    }
}

extension Throttle {
    static func proposals(_ email: EmailAddress, _ origin: NetworkOrigin?) -> [Toll] {
        [Toll("proposal by e-mail", Array(email.text.utf8), Limit(10, per: .hours(1)))]
            + (origin.map { [Toll("proposal by network", $0.network, Limit(60, per: .hours(1)))] } ?? [])
    }
}
