/// Decides of a place that a source no longer gives: it is still there, its manager is asked, or it has closed.
///
/// The sheet changes in the last case only. What was decided can be undone, but for a letter sent.
public struct SettleDisappearance: Act {
    public static let right = "La coordination."

    public let place: Place.ID
    public let source: String
    public let choice: DisappearanceDecision.Choice
    public let head: LetterHead

    public init(place: Place.ID, source: String, choice: DisappearanceDecision.Choice, head: LetterHead) {
        self.place = place
        self.source = source
        self.choice = choice
        self.head = head
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try PlaceEditing(proceeding: proceeding).visible(place)
        guard PlaceRights.mayModerate(proceeding.principal) else {
            throw Denied("Les lieux disparus reviennent à la coordination.")
        }
    }

    public func perform(_ proceeding: Proceeding) throws -> DisappearanceDecision.ID {
        let editing = PlaceEditing(proceeding: proceeding)
        let old = try editing.visible(place).place
        guard let gone = try DisappearanceStore.pending(place, of: source, at: proceeding.now, proceeding.writer) else {
            throw Problems(
                "lieu", "«\u{A0}\(old.sheet.name)\u{A0}» n’est plus parmi les lieux disparus de cette source.")
        }
        var change: PlaceChange.ID?
        switch choice {
        case .kept: break
        case .asked: try ask(gone, proceeding)
        case .closed:
            var new = old
            new.sheet[.maturity] = .text(Maturity.closed.rawValue)
            try SheetRules.problems(new.sheet).throwIfAny()
            try editing.write(new, replacing: old, kind: .edit, comment: "Absent de «\u{A0}\(source)\u{A0}»")
            change = try PlaceHistory.changes(of: place, limit: 1, proceeding.writer).first?.id
        }
        let id: DisappearanceDecision.ID = proceeding.newIdentifier()
        try DisappearanceStore.insert(
            id, gone, choice, change: change, by: proceeding.principal.account, at: proceeding.now, proceeding.writer)
        proceeding.about(place)
        proceeding.note("source", source)
        proceeding.note("choice", choice.rawValue)
        return id
    }

    private func ask(_ gone: Disappearance, _ proceeding: Proceeding) throws {
        let scope = Scope(.place, place.number)
        let managers = try RoleGrantStore.holders(
            of: .placeManager, on: scope, at: proceeding.now, proceeding.writer)
        let addresses = try AccountStore.accounts(managers, proceeding.writer).compactMap(\.email?.text)
        guard !addresses.isEmpty else {
            throw Problems("lieu", "«\u{A0}\(gone.name)\u{A0}» n’a pas de responsable à qui écrire.")
        }
        guard gone.askedAt.map({ proceeding.now - $0 >= Disappearance.askedEvery }) ?? true else {
            throw Problems(
                "lieu", "La question a été posée pour «\u{A0}\(gone.name)\u{A0}» il y a moins d’une semaine.")
        }
        for address in addresses { proceeding.send(head.disappearance(address, gone)) }
    }
}

extension LetterHead {
    func disappearance(_ recipient: String, _ gone: Disappearance) -> Letter {
        letter(
            to: recipient, subject: "«\u{A0}\(gone.name)\u{A0}» est-il toujours ouvert\u{202F}?",
            [
                "La liste «\u{A0}\(gone.source)\u{A0}», d’où venait la fiche de «\u{A0}\(gone.name)\u{A0}», ne le cite plus.",
                "Si la fiche est toujours juste, ouvrez-la et pressez «\u{A0}Tout est juste aujourd’hui\u{A0}»\u{202F}:",
                address("/lieux/" + gone.slug),
                "Si le lieu a fermé ou changé, corrigez sa fiche à la même adresse. Sans réponse, la coordination décidera.",
            ])
    }
}
