import HTTPTypes

/// Why a door stayed shut: a status and a plain French sentence. Handlers may throw it too.
public struct DoorRefusal: Error, Sendable, Equatable {
    public let status: HTTPResponse.Status
    public let title: String
    public let sentence: String
    var headers: HTTPFields = [:]
    /// The request cannot be read on: the connection ends with the answer.
    var closes = false

    public init(_ status: HTTPResponse.Status, _ title: String, _ sentence: String) {
        self.status = status
        self.title = title
        self.sentence = sentence
    }

    static let unreadable = DoorRefusal(
        .badRequest, "Demande illisible", "L’adresse ou le formulaire reçu n’a pas pu être lu. Rien n’a été enregistré."
    )

    static let unknownHost = DoorRefusal(
        .misdirectedRequest, "Adresse inconnue", "Ce site ne répond pas sous ce nom.")

    static let longTarget = DoorRefusal(
        .uriTooLong, "Adresse trop longue", "L’adresse demandée est trop longue. Retirez des filtres et réessayez.")

    static let unknownForm = DoorRefusal(
        .unsupportedMediaType, "Format inattendu", "Le formulaire n’a pas été envoyé dans un format attendu.")

    static let cutShort = DoorRefusal(
        .badRequest, "Envoi interrompu", "L’envoi s’est interrompu avant la fin. Rien n’a été enregistré.")

    static let forged = {
        var refusal = DoorRefusal(
            .forbidden, "Envoi à confirmer",
            "Nous n’avons pas pu vérifier que cet envoi vient de votre page. Revenez à la page, rechargez-la et réessayez."
        )
        refusal.closes = true
        return refusal
    }()

    /// For the site's own scripts, which ask for a fresh token and try again.
    static let unverified = DoorRefusal(
        .preconditionFailed, "Envoi à confirmer",
        "Nous n’avons pas pu vérifier que cet envoi vient de votre page. Rien n’a été enregistré.")

    static func tooLarge(limit: Int) -> DoorRefusal {
        let size = limit >= 1_048_576 ? "\(limit / 1_048_576)\u{A0}Mo" : "\(limit / 1_024)\u{A0}ko"
        var refusal = DoorRefusal(
            .contentTooLarge, "Envoi trop volumineux",
            "La limite est de \(size). Rien n’a été enregistré de cet envoi\u{202F}; ce qui l’était avant l’est toujours. Revenez à la "
                + "page précédente, et envoyez moins à la fois.")
        refusal.closes = true
        return refusal
    }

    static func wrongMethod(allowed: [HTTPRequest.Method]) -> DoorRefusal {
        var refusal = DoorRefusal(
            .methodNotAllowed, "Action impossible ici", "Cette adresse ne répond pas à ce type de demande.")
        refusal.headers[.allow] = allowed.map(\.rawValue).joined(separator: ", ")
        return refusal
    }
}
