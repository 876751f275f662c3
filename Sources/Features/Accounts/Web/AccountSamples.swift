import Maillage

/// A person with a role, for the samples of the views of Accounts.
extension AccountDirectory.Entry {
    static let sample = AccountDirectory.Entry(
        account: Account(
            // The column takes none for a closed account; this one reads well.
            id: Account.ID(7), email: try? EmailAddress("lea@exemple.fr"), name: "Léa Martin", hasPassword: true,
            createdAt: Instant(seconds: 1_780_000_000), lastSignedInAt: Instant(seconds: 1_790_000_000), closedAt: nil),
        grants: [
            RoleGrant(
                id: RoleGrant.ID(8), account: Account.ID(7), grant: Grant(.placeManager, on: Scope(.place, 42)),
                since: Instant(seconds: 1_781_000_000), until: nil, grantedBy: nil, reason: "ouvre le lieu",
                revokedAt: nil)
        ])

    static let sampleLabels = [Scope(.place, 42): ScopeLabel(name: "L’Atelier", path: "/lieux/l-atelier")]
}

extension AccountListView {
    static let sample = AccountListView(
        directory: AccountDirectory(entries: [.sample], total: 1), labels: AccountDirectory.Entry.sampleLabels,
        search: "léa", page: 1, perPage: 50, tokens: .sample)
}

extension AccountSheetView {
    static let sample = AccountSheetView(
        entry: .sample, labels: AccountDirectory.Entry.sampleLabels,
        reader: Principal(account: Account.ID(9), name: "Cora", grants: [Grant(.coordinator, on: .network)]),
        tokens: .sample)
}

extension AccountView {
    static let sample = AccountView(
        mine: MyAccount(
            data: PersonalData(
                account: AccountDirectory.Entry.sample.account, pendingEmail: nil,
                sessions: [
                    Session(
                        id: Session.ID(3), account: Account.ID(7), device: "Firefox sur Linux",
                        openedAt: Instant(seconds: 1_790_000_000), lastSeenAt: Instant(seconds: 1_790_001_000))
                ], grants: AccountDirectory.Entry.sample.grants, invitations: [], deeds: []),
            current: Session.ID(3), scopes: AccountDirectory.Entry.sampleLabels,
            candidacies: [
                OwnAffair(
                    name: "La Menuiserie ouverte", path: "/candidatures/0000000000007",
                    state: Badge("Brouillon", .warn),
                    about: "Coup de pouce aux lieux qui démarrent",
                    next: "À déposer jusqu’au vendredi 25 septembre 2026. Il reste trois jours.")
            ]),
        now: Instant(seconds: 1_790_002_000), tokens: .sample)
}

extension SecondFactorView {
    static let sample = SecondFactorView(
        factor: .none, pending: FactorSecret.sample, email: "lea@exemple.fr", network: "Réseau des tiers-lieux",
        withheld: [.coordinator], destination: "/administration/comptes", tokens: .sample)
}

extension RecoveryCodesView {
    static let sample = RecoveryCodesView(
        codes: RecoveryCode.samples, network: "Réseau des tiers-lieux", destination: nil, isNew: true)
}

extension JournalView {
    static let sample = JournalView(
        lines: [
            Journal.Line(
                sequence: 12, at: Instant(seconds: 1_790_000_000), actor: Account.ID(7), verb: "EditPlace",
                subjectKind: "place", subject: 42, details: "fields=horaires", hash: [])
        ], names: [Account.ID(7): "Léa Martin"])
}
