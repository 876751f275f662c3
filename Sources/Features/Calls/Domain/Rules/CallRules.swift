/// The règlement of a call, generated from its settings in plain French, articles numbered. A section without content makes no
/// article.
public enum CallRules {
    /// `version` is printed in the text, so that two versions never have the same fingerprint.
    public static func text(of settings: CallSettings, version: Int) -> RulesText {
        let identity = settings.identity
        var rules = RulesText(
            title: "Règlement de l’\(ofNature(identity.nature)) «\u{A0}\(identity.title)\u{A0}»",
            subtitle: "Version \(version)")
        var seen: [RulesText.Article] = []
        func article(_ title: String, _ write: (inout RulesText.Article) -> Void) {
            var article = RulesText.Article(title: title, blocks: [])
            write(&article)
            if !article.blocks.isEmpty { seen.append(article) }
        }
        let texts = settings.presentation
        article("Objet") { $0.add(identity.summary) }
        article("Organisateur et contact") { organiser(identity, &$0) }
        article("Contexte") { $0.add(texts.context) }
        article("Objectifs") { article in
            article.add(texts.objectives)
            if !texts.sectors.isEmpty {
                article.add("Secteurs d’activité visés, parmi d’autres\u{202F}:")
                article.blocks.append(.items(texts.sectors.map { ReferenceList.sectors.label($0) }))
            }
        }
        article("Définitions") { $0.add(texts.definitions) }
        article("Qui peut candidater") { candidates(settings, &$0) }
        article("Calendrier") { CallRulesDates.write(settings.calendar, &$0) }
        article("Montants et durée") { money(settings.envelope, &$0) }
        article("Ce qui n’est pas pris en charge") { $0.add(texts.exclusions) }
        article("Dossier et pièces") { documents(settings, &$0) }
        article("Dépôt") { deposit(settings, &$0) }
        article("Sélection") { selection(settings, &$0) }
        article("Versement") { $0.add(texts.payment) }
        article("Questions et modifications") { article in
            article.add(
                "Toute personne peut poser une question sur la page de l’appel\u{202F}; les réponses d’intérêt général y "
                    + "sont publiées avec leur date, pour tous.")
            article.add(
                "Après sa publication, l’appel n’est changé que par un avenant daté et motivé, publié sur sa page et "
                    + "annoncé à qui prépare un dossier. La date limite ne peut qu’être repoussée, pour tout le monde, par "
                    + "deux personnes de l’organisateur.")
        }
        article("Autres dispositions") { $0.add(texts.provisions) }
        rules.articles = seen
        return rules
    }

    static func ofNature(_ nature: CallNature) -> String {
        switch nature {
        case .interest: "appel à manifestation d’intérêt"
        case .projects: "appel à projets"
        case .label: "appel à candidatures au label"
        }
    }

    private static func organiser(_ identity: CallIdentity, _ article: inout RulesText.Article) {
        if !identity.organiser.isEmpty { article.add("L’appel est organisé par \(identity.organiser).") }
        var lines: [String] = []
        if !identity.service.isEmpty {
            lines.append("Service qui reçoit et étudie les dossiers\u{202F}: \(identity.service)")
        }
        if !identity.serviceAddress.isEmpty { lines.append("Adresse\u{202F}: \(identity.serviceAddress)") }
        if !identity.email.isEmpty { lines.append("Courriel\u{202F}: \(identity.email)") }
        if !identity.phone.isEmpty { lines.append("Téléphone\u{202F}: \(identity.phone)") }
        if !lines.isEmpty { article.blocks.append(.items(lines)) }
    }

    private static func candidates(_ settings: CallSettings, _ article: inout RulesText.Article) {
        let conditions = settings.allConditions
        if conditions.isEmpty {
            article.add("L’appel est ouvert à toute structure et à toute personne qui porte un projet de tiers-lieu.")
        } else {
            article.add("Chaque condition est vérifiée sur le dossier déposé\u{202F}:")
            article.blocks.append(.items(conditions.map(\.sentence)))
        }
        if settings.territory.areas.isEmpty { article.add(settings.territory.words) }
        if settings.deposit.isConsortium {
            article.add(
                "Plusieurs structures peuvent candidater ensemble. Une seule, le chef de file, dépose le dossier\u{202F}; "
                    + "chaque partenaire écrit et signe sa partie.")
        }
    }

    private static func money(_ money: CallEnvelope, _ article: inout RulesText.Article) {
        var lines: [String] = []
        switch (money.floor, money.ceiling) {
        case (let floor?, let ceiling?) where floor == ceiling:
            lines.append("Aide par projet\u{202F}: \(CallWords.euros(floor))")
        case (let floor?, let ceiling?):
            lines.append("Aide par projet\u{202F}: de \(CallWords.euros(floor)) à \(CallWords.euros(ceiling))")
        case (let floor?, nil): lines.append("Aide par projet\u{202F}: au moins \(CallWords.euros(floor))")
        case (nil, let ceiling?): lines.append("Aide par projet\u{202F}: au plus \(CallWords.euros(ceiling))")
        case (nil, nil): break
        }
        if let total = money.envelope { lines.append("Enveloppe de l’appel\u{202F}: \(CallWords.euros(total))") }
        if let winners = money.winners { lines.append("Nombre de projets attendus\u{202F}: \(winners)") }
        if let months = money.months { lines.append("Durée\u{202F}: \(CallWords.duration(months: months))") }
        if let rate = money.aidRate {
            lines.append("L’aide ne dépasse pas \(CallWords.rate(rate)) des dépenses éligibles")
        }
        if let rate = money.publicAidRate {
            lines.append(
                "Toutes aides publiques réunies ne dépassent pas \(CallWords.rate(rate)) du plan de financement")
        }
        if !lines.isEmpty { article.blocks.append(.items(lines)) }
        article.add(money.remark)
    }

    private static func documents(_ settings: CallSettings, _ article: inout RulesText.Article) {
        article.add("Le dossier type se lit et se télécharge sur la page de l’appel, sans compte.")
        guard !settings.attachments.isEmpty else { return }
        article.add("Pièces à joindre\u{202F}:")
        article.blocks.append(.items(settings.attachments.map(\.sentence)))
    }

    private static func deposit(_ settings: CallSettings, _ article: inout RulesText.Article) {
        let deposit = settings.deposit
        var ways: [String] = []
        if deposit.isOnline { ways.append("en ligne, sur la page de l’appel") }
        if deposit.isByEmail { ways.append("par courriel, à l’adresse \(settings.identity.email)") }
        if deposit.isByPost { ways.append("par courrier, à l’adresse du service") }
        if !ways.isEmpty { article.add("Le dossier est déposé \(CallWords.list(ways, "ou")).") }
        if deposit.isOnline {
            article.add(
                "L’heure qui compte est celle où le serveur reçoit l’ordre de dépôt. Un récépissé est délivré aussitôt\u{202F}; "
                    + "jusqu’à la limite, un dossier déposé peut être remplacé ou retiré.")
        }
        article.add(
            deposit.takesLate
                ? "Un dossier arrivé après la limite est conservé et marqué «\u{A0}hors délai\u{A0}»\u{202F}; une décision écrite "
                    + "et motivée dit s’il est étudié."
                : "Un dossier arrivé après la limite est conservé comme preuve et n’est pas étudié.")
        if deposit.isSealed {
            article.add(
                "Les plis sont scellés\u{202F}: avant la limite, l’organisateur sait combien de dossiers sont déposés et rien d’autre. "
                    + "Leur ouverture, après la limite, est un acte daté et signé dans le journal.")
        }
        article.add(deposit.silence)
    }

    private static func selection(_ settings: CallSettings, _ article: inout RulesText.Article) {
        if !settings.criteria.isEmpty {
            let total = settings.criteria.reduce(0) { $0 + $1.weight }
            article.add("Les dossiers recevables sont notés sur ces critères\u{202F}:")
            article.blocks.append(.items(settings.criteria.map { $0.sentence(of: total) }))
        }
        guard !settings.committee.isEmpty else { return }
        article.add("Le comité de sélection réunit\u{202F}:")
        article.blocks.append(.items(settings.committee.map { $0.role.isEmpty ? $0.body : "\($0.body), \($0.role)" }))
    }
}

extension CallAttachment {
    /// « Statuts signés, si la structure est une association (PDF) ».
    public var sentence: String {
        let need = requiredIf.isEmpty ? (isRequired ? "" : ", facultatif") : ", \(requiredIf)"
        return "\(label)\(need)" + (kinds.isEmpty ? "" : " (\(kinds.map { $0.uppercased() }.joined(separator: ", ")))")
    }
}

extension CallCriterion {
    /// The criterion's share of the whole, rounded to a tenth of a percent, in basis points.
    public func share(of total: Int) -> Int {
        guard total > 0, weight > 0, weight <= 1_000_000 else { return 0 }
        return (weight * 100_000 / total + 5) / 10
    }

    func sentence(of total: Int) -> String {
        let mark = "noté sur \(maximum), \(CallWords.rate(share(of: total))) du total"
        return guide.isEmpty ? "\(label)\u{202F}: \(mark)" : "\(label)\u{202F}: \(mark). \(guide)"
    }
}
