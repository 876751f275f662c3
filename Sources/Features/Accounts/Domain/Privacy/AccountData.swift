/// What Accounts keeps, table by table (PRIV-1).
public enum AccountData {
    public static let declarations = [
        accountTable, sessionTable, secondFactorTable, recoveryCodeTable, halfSessionTable, signInLinkTable,
        emailChangeTable,
        roleGrantTable, accountOrderTable, invitationTable, identityTable, identityOfferTable, identityStateTable,
        throttleTable,
    ]

    private static let accountTable = DataDeclaration(
        "account", .accounts, "Les comptes\u{202F}: nom, adresse de courriel, mot de passe haché.",
        of: [.members],
        naming: ["email", "name", "password"],
        other: [],
        term: .unnamed(
            after: .months(24),
            since: DataDeclaration.Since(
                "COALESCE(last_signed_in_at, created_at)", "la dernière connexion, après deux courriels de prévenance",
                when: AccountStore.mayLapse)),
        closing: .erased, export: .under("account"))

    private static let sessionTable = DataDeclaration(
        "session", .accounts, "Les appareils sur lesquels vous êtes connecté.",
        of: [.members],
        naming: ["secret_hash", "device", "account_id"],
        other: [],
        term: .erased(after: .days(14), since: DataDeclaration.Since("opened_at", "la connexion")),
        closing: .erased, export: .under("sessions"))

    private static let secondFactorTable = DataDeclaration(
        "second_factor", .security, "Votre second facteur, scellé\u{202F}: de quoi vérifier un code à six chiffres.",
        of: [.members],
        naming: ["account_id", "sealed_secret", "pending_secret"],
        other: [],
        term: .with("account"),
        closing: .erased, export: .under("account"))

    private static let recoveryCodeTable = DataDeclaration(
        "recovery_code", .security, "Vos codes de secours, hachés.",
        of: [.members],
        naming: ["account_id", "code_hash"],
        other: [],
        term: .with("second_factor"),
        closing: .erased, export: .under("account"))

    private static let halfSessionTable = DataDeclaration(
        "half_session", .security, "Une connexion qui attend son second facteur.",
        of: [.members],
        naming: ["account_id", "secret_hash", "device", "destination"],
        other: [],
        term: .erased(after: .days(1), since: DataDeclaration.Since("expires_at", "la fin de validité de cette étape")),
        closing: .erased, export: .absent("elle vit dix minutes"))

    private static let identityTable = DataDeclaration(
        "identity", .accounts, "Les services d’identité auxquels votre compte est relié.",
        of: [.members],
        naming: ["issuer", "subject", "account_id"],
        other: [],
        term: .with("account"),
        closing: .erased, export: .under("identities"))

    private static let identityOfferTable = DataDeclaration(
        "identity_offer", .security, "Un compte qui attend d’être relié à un service d’identité.",
        of: [.members],
        naming: ["account_id", "secret_hash", "issuer", "subject", "words"],
        other: [],
        term: .erased(after: .days(1), since: DataDeclaration.Since("expires_at", "la fin de validité de l’attente")),
        closing: .erased, export: .absent("elle attend une demi-heure"))

    private static let identityStateTable = DataDeclaration(
        "identity_state", .security,
        "De quoi refuser deux fois le même retour d’un service d’identité\u{202F}: une empreinte tirée au hasard.",
        of: [.visitors],
        naming: ["state_hash"],
        other: [],
        term: .erased(after: .days(1), since: DataDeclaration.Since("expires_at", "l’heure qui suit le retour")),
        closing: .erased, export: .absent("empreinte qui ne se relit pas"))

    private static let accountOrderTable = DataDeclaration(
        "account_order", .accounts,
        "Ce que deux personnes décident ensemble\u{202F}: rôles confiés, second facteur perdu.",
        of: [.members],
        naming: ["account_id", "reason", "proposed_by", "settled_by"],
        other: ["kind", "role", "outcome"],
        term: .kept("preuve que deux personnes l’ont voulu"),
        closing: .unnamed, export: .absent("chaque décision suivie d’effet est parmi les rôles et dans le journal"))

    private static let signInLinkTable = DataDeclaration(
        "sign_in_link", .accounts, "Les liens de connexion demandés.",
        of: [.visitors],
        naming: ["secret_hash", "browser_hash", "code_hash", "email", "destination"],
        other: [],
        term: .erased(after: .days(1), since: DataDeclaration.Since("expires_at", "la fin de validité du lien")),
        closing: .erased, export: .absent("un lien vit dix minutes et sert à prouver l’adresse"))

    private static let emailChangeTable = DataDeclaration(
        "email_change", .accounts, "Les changements d’adresse qui attendent leur confirmation.",
        of: [.members],
        naming: ["secret_hash", "email", "account_id"],
        other: [],
        term: .erased(after: .days(1), since: DataDeclaration.Since("expires_at", "la fin de validité du lien")),
        closing: .erased, export: .under("account"))

    private static let roleGrantTable = DataDeclaration(
        "role_grant", .accounts, "Les rôles confiés dans le réseau, par qui, jusqu’à quand, et pourquoi.",
        of: [.members],
        naming: ["reason", "revoke_reason", "account_id", "granted_by", "revoked_by"],
        other: ["role", "scope_kind"],
        term: .kept("preuve du droit qu’avait chacun quand il a agi"),
        closing: .unnamed, export: .under("roles"))

    private static let invitationTable = DataDeclaration(
        "invitation", .accounts, "Les invitations à tenir la fiche d’un lieu.",
        of: [.correspondents],
        naming: ["secret_hash", "email", "invited_by", "accepted_by"],
        other: ["role", "place_name"],
        term: .erased(
            after: .days(90), since: DataDeclaration.Since("expires_at", "la fin de validité de l’invitation")),
        closing: .erased, export: .under("invitations"))

    private static let throttleTable = DataDeclaration(
        "throttle", .security, "De quoi compter les essais de connexion\u{202F}: une empreinte, jamais l’adresse.",
        of: [.visitors],
        naming: ["key"],
        other: [],
        term: .erased(after: .days(1), since: DataDeclaration.Since("arrival", "la fin du comptage")),
        closing: .erased, export: .absent("empreinte qui ne se relit pas"))
}
