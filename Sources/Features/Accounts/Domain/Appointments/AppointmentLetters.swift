import Exchange

/// The letters about roles and about what two persons decide.
extension LetterHead {
    func orderProposed(to email: EmailAddress, _ order: AccountOrder) -> Letter {
        switch order.matter {
        case .role(let role, _):
            letter(
                to: email.text, subject: "Un rôle vous est proposé",
                [
                    "Il est demandé que le rôle «\u{A0}\(role.label)\u{A0}» vous soit confié. Une seconde personne doit le "
                        + "confirmer\u{202F}; un message vous le dira.", orderAlarm,
                ])
        case .factorReset:
            letter(
                to: email.text, subject: "On demande le retrait de votre second facteur",
                [
                    "L’administration technique demande que le second facteur de votre compte soit retiré, parce qu’il serait "
                        + "perdu. Une seconde personne doit le confirmer.",
                    "Si vous n’avez rien demandé, écrivez tout de suite à \(contactEmail).",
                ])
        }
    }

    func orderToConfirm(to email: EmailAddress, _ order: AccountOrder, about name: String, by proposer: String)
        -> Letter
    {
        letter(
            to: email.text, subject: "Une demande attend votre confirmation",
            [
                "\(proposer) demande \(order.label) pour \(name).",
                "Motif\u{202F}: \(order.reason)",
                "Il faut deux personnes\u{202F}: confirmez ou retirez cette demande, d’ici sept jours\u{202F}:",
                address("/administration/comptes"),
            ])
    }

    func factorReset(to email: EmailAddress) -> Letter {
        letter(
            to: email.text, subject: "Votre second facteur est retiré",
            [
                "Deux personnes de l’administration technique ont retiré le second facteur de votre compte. Toutes vos "
                    + "sessions sont fermées\u{202F}: connectez-vous et choisissez-en un nouveau.", orderAlarm,
            ])
    }

    func roleGranted(to email: EmailAddress, _ role: Role, until: Instant?) -> Letter {
        guard let until else { return roleGranted(to: email, role) }
        return letter(
            to: email.text, subject: "Un nouveau rôle vous est confié",
            [
                "Vous avez maintenant le rôle «\u{A0}\(role.label)\u{A0}», jusqu’au \(RoleDay.text(until)). Il est visible sur "
                    + "votre page\u{202F}:", address("/mon-compte"),
            ])
    }

    func roleEnds(to email: EmailAddress, _ role: Role, until: Instant, of holder: String? = nil) -> Letter {
        letter(
            to: email.text, subject: "Un rôle prend fin bientôt",
            [
                holder.map {
                    "Le rôle «\u{A0}\(role.label)\u{A0}» que vous avez confié à \($0) prend fin le \(RoleDay.text(until))."
                } ?? "Votre rôle «\u{A0}\(role.label)\u{A0}» prend fin le \(RoleDay.text(until)).",
                "S’il doit continuer, qui l’a confié peut le confier à nouveau ce jour-là.",
            ])
    }

    func emergencyRoleTaken(
        to email: EmailAddress, _ role: Role, by name: String, until: Instant, reason: String
    ) -> Letter {
        letter(
            to: email.text, subject: "Un rôle a été pris en urgence",
            [
                "\(name), de l’administration technique, a pris seul·e le rôle «\u{A0}\(role.label)\u{A0}» jusqu’au "
                    + "\(RoleDay.text(until)) à \(RoleDay.hour(until)).",
                "Motif\u{202F}: \(reason)",
                "Le rôle prend fin de lui-même. Chaque acte est au journal\u{202F}:",
                address("/administration/journal"),
            ])
    }

    private var orderAlarm: String { "Une question, un doute\u{202F}? Écrivez à \(contactEmail)." }
}

/// The day a role ends, as clocks show it in Paris: the last one on which it is held.
enum RoleDay {
    private static let months = [
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
        "décembre",
    ]

    static func text(_ until: Instant) -> String {
        // A role that ends at midnight was held the day before.
        let date = CivilZone.paris.local(until.microseconds - 1).date
        let day = date.day == 1 ? "1er" : String(date.day)
        let month = (1...12).contains(date.month) ? months[date.month - 1] : ""
        return "\(day) \(month) \(date.year)"
    }

    static func hour(_ instant: Instant) -> String {
        let minutes = Int(CivilZone.paris.local(instant.microseconds).microsecondOfDay / 60_000_000)
        let rest = minutes % 60
        return "\(minutes / 60) h \(rest < 10 ? "0" : "")\(rest)"
    }
}
