import Exchange
import Forms
import Maillage

/// The documents of the demo network: made here, a page each, attached and kept like those that people send.
struct DemoDocuments {
    let desk: Desk
    let vault: FileVault
    let shelf: CandidacyFormShelf

    /// Attaches a document to a question of a draft, or of a partner's part; the draft as it then is.
    @discardableResult
    func attach(
        _ title: String, to question: String, of candidacy: Candidacy, part: CandidacyPartner.ID? = nil,
        as principal: Principal
    ) async throws -> Candidacy {
        try await desk.perform(
            AttachFiles(
                candidacy: candidacy.id, part: part, question: question,
                files: [try await received(title, about: candidacy.title)], shelf: shelf), as: principal
        ).candidacy
    }

    /// Fills the safe of a place: one of each situation.
    func fill(_ place: Place.ID, as principal: Principal) async throws {
        let today = CivilZone.paris.local(desk.surroundings.now().microseconds).date
        func day(_ offset: Int) -> CivilDate { CivilDate(daysSince1970: today.daysSince1970 + offset) }
        let documents: [(SafeDocument.Kind, String, CivilDate, CivilDate?)] = [
            (.statutes, "Statuts", day(-900), nil), (.bankDetails, "RIB", day(-40), nil),
            (.insurance, "Attestation d’assurance", day(-400), day(-35)),
            (.accounts, "Comptes annuels", day(-200), nil), (.dues, "Attestation sociale", day(-160), day(20)),
        ]
        for (kind, title, from, until) in documents {
            _ = try await desk.perform(
                AddSafeDocument(
                    place: place, kind: kind, file: try await received(title, about: "La Fosse commune numérique"),
                    datedOn: from, validUntil: until), as: principal)
        }
    }

    private func received(_ title: String, about subject: String) async throws -> ReceivedFile {
        let intake = AttachmentIntake(vault: vault)
        let file = try await intake.receive(limit: 1 << 20)
        try await file.write(
            SampleDocuments.pdf(
                plain(title), [plain(subject), "Document de la demonstration : rien ici n'est vrai."]))
        return try await intake.keep(file, named: title + ".pdf", accepted: [.pdf])
    }

    /// The small writer of PDF knows ASCII alone.
    private func plain(_ text: String) -> String {
        let letters: [Character: Character] = ["é": "e", "è": "e", "ê": "e", "à": "a", "ç": "c", "’": "'", "ô": "o"]
        return String(text.map { letters[$0] ?? ($0.isASCII ? $0 : "-") })
    }
}
