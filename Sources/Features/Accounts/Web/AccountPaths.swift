import Maillage

extension Paths {
    public static let signInPassword = "/connexion/mot-de-passe"
    public static let signInCode = "/connexion/code"
    static let firstAccount = "/premier-compte"
    public static let signOut = "/deconnexion"
    public static func signInLink(_ secret: Secret) -> String { LetterHead.signInPath(secret) }

    static func identity(then target: String? = nil) -> String {
        path("connexion", "identite", query: [("vers", target)])
    }
    static let identityReturn = "/connexion/identite/retour"
    static let identityExit = "/deconnexion/identite"
    static let identityTie = "/mon-compte/identite"
    static let identityRemoval = "/mon-compte/identite/retrait"

    public static let account = "/mon-compte"
    static let accountName = "/mon-compte/nom"
    static let accountEmail = "/mon-compte/adresse"
    static func accountEmail(_ secret: Secret) -> String { LetterHead.emailChangePath(secret) }
    static let accountPassword = "/mon-compte/mot-de-passe"
    static let accountPasswordRemoval = "/mon-compte/mot-de-passe/suppression"
    static let sessionEnd = "/mon-compte/session"
    static let sessionExtension = "/mon-compte/session/prolongation"
    static let otherSessions = "/mon-compte/sessions/fermeture"
    static func session(_ id: Session.ID) -> String { path("mon-compte", "sessions", id.text, "fermeture") }
    static func resignation(_ id: RoleGrant.ID) -> String { path("mon-compte", "roles", id.text, "fin") }
    static let secondStep = "/connexion/second-facteur"
    public static let secondFactor = "/mon-compte/second-facteur"
    static func secondFactor(then target: String?) -> String {
        path("mon-compte", "second-facteur", query: [("vers", target)])
    }
    static let secondFactorStart = "/mon-compte/second-facteur/debut"
    static let recoveryCodes = "/mon-compte/second-facteur/codes"
    static let secondFactorRemoval = "/mon-compte/second-facteur/suppression"
    static let secondFactorCheck = "/mon-compte/second-facteur/code"
    static func secondFactorCheck(then target: String?) -> String {
        path("mon-compte", "second-facteur", "code", query: [("vers", target)])
    }
    static let accountData = "/mon-compte/donnees.json"
    static let accountArchive = "/mon-compte/donnees.zip"
    static let accountClosing = "/mon-compte/fermeture"

    public static func invitation(_ secret: Secret) -> String { LetterHead.invitationPath(secret) }

    public static let accounts = "/administration/comptes"
    static func accounts(search: String?, page: Int) -> String {
        path("administration", "comptes", query: [("q", search), ("page", page > 1 ? String(page) : nil)])
    }
    static func account(_ id: Account.ID) -> String { path("administration", "comptes", id.text) }
    static func accountRoles(_ id: Account.ID) -> String { path("administration", "comptes", id.text, "roles") }
    static func revocation(_ id: RoleGrant.ID) -> String { path("administration", "roles", id.text, "fin") }
    static func factorReset(_ id: Account.ID) -> String { path("administration", "comptes", id.text, "second-facteur") }
    static func orderConfirmation(_ id: AccountOrder.ID) -> String {
        path("administration", "demandes", id.text, "confirmation")
    }
    static func orderRemoval(_ id: AccountOrder.ID) -> String { path("administration", "demandes", id.text, "retrait") }
    static let emergency = "/exploitation/urgence"
    public static let letters = "/administration/courriers"
    public static let backups = "/administration/sauvegardes"
    public static let journal = "/administration/journal"
}
