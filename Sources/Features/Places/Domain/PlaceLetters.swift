extension LetterHead {
    func proposalToConfirm(_ recipient: String, _ placeName: String, _ secret: Secret) -> Letter {
        letter(
            to: recipient, subject: "Confirmez votre proposition pour « \(placeName) »",
            [
                "Vous avez proposé une correction à la fiche « \(placeName) ». Pour qu’elle soit lue, confirmez-la ici\u{202F}:",
                address("/propositions/" + secret.text),
                "Si vous n’avez rien demandé, ne faites rien\u{202F}: la proposition restera sans effet.",
            ], isSecret: true)
    }

    func proposalDecided(_ recipient: String, _ placeName: String, refusal: String?) -> Letter {
        letter(
            to: recipient, subject: "Votre proposition pour « \(placeName) »",
            [
                refusal.map { "Votre proposition n’a pas été retenue\u{202F}: \($0)" }
                    ?? "Votre proposition a été retenue et la fiche est à jour. Merci\u{202F}!"
            ])
    }
}
