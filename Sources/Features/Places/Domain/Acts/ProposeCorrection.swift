import Crypto

/// A visitor, without an account, says what is wrong in a sheet, or that the place has closed. The proposal is kept; it is shown to
/// those who decide once the visitor has pressed the link sent to their address.
public struct ProposeCorrection: Act {
    public static let right = "Toute personne qui voit la fiche ; la proposition compte une fois l’adresse confirmée."

    public let place: Place.ID
    public let kind: PlaceProposal.Kind
    public let values: [SheetField: SheetValue?]
    public let comment: String
    public let email: String
    /// Makes the address of the page that confirms, from its secret.
    public let link: @Sendable (_ secret: String) -> String

    public init(
        place: Place.ID, kind: PlaceProposal.Kind, values: [SheetField: SheetValue?], comment: String, email: String,
        link: @escaping @Sendable (_ secret: String) -> String
    ) {
        self.place = place
        self.kind = kind
        self.values = values
        self.comment = comment
        self.email = email
        self.link = link
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
        let seen = PlaceRights.mayReadPrivateFields(proceeding.principal, place) ? target.sheet : target.sheet.publicPart
        var problems = Problems()
        if !WebForm.isEmail(email) { problems.add("courriel_auteur", "Donnez une adresse de courriel complète.") }
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

        let secret = LinkSecret(bytes: proceeding.surroundings.secret(24))
        let proposal = PlaceProposal(
            id: proceeding.newIdentifier(), place: place, kind: kind, source: Origin.person, fields: changes, comment: remark,
            author: email, state: .unconfirmed, createdAt: proceeding.now)
        try ProposalStore.insert(proposal, secretHash: secret.hash, proceeding.writer)
        proceeding.about(place)
        proceeding.note("proposal", proposal.id.text)
        proceeding.send(
            Letter(
                to: email,
                subject: "Confirmez votre proposition pour « \(target.sheet.name) »",
                text: """
                    Bonjour,

                    Vous avez proposé une correction à la fiche « \(target.sheet.name) ».
                    Pour qu’elle soit lue, confirmez-la à cette adresse :

                    \(link(secret.text))

                    Si vous n’avez rien demandé, ne faites rien : la proposition restera sans effet.
                    """,
                isSecret: true))
        return proposal.id
    }
}

/// The secret of a link sent by mail: written in the address, kept only as its hash.
struct LinkSecret {
    let bytes: [UInt8]

    /// Hexadecimal digits.
    var text: String {
        bytes.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }

    var hash: [UInt8] { Self.hash(text) }

    static func hash(_ text: String) -> [UInt8] {
        Array(SHA256.hash(data: Array(text.utf8)))
    }
}
