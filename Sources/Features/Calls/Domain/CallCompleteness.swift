/// What a call still lacks to be published (CALL-7): all of it at once, each with the section where it is put right.
public enum CallCompleteness {
    public struct Shortfall: Sendable, Equatable {
        public let section: CallSection.Name
        public let message: String

        init(_ section: CallSection.Name, _ message: String) {
            self.section = section
            self.message = message
        }
    }

    /// `forms`: those in use. `now` decides whether a deadline has passed.
    public static func shortfalls(
        of settings: CallSettings, forms: [CallForm], at now: Instant
    ) -> [Shortfall] {
        identity(settings) + dates(settings.calendar, now) + money(settings) + criteria(settings.criteria)
            + dossier(settings, forms)
    }

    private static func identity(_ settings: CallSettings) -> [Shortfall] {
        var list: [Shortfall] = []
        let identity = settings.identity
        if identity.organiser.isEmpty { list.append(Shortfall(.identity, "Dites qui organise l’appel.")) }
        if identity.summary.isEmpty { list.append(Shortfall(.identity, "Résumez l’appel en une ou deux phrases.")) }
        if identity.email.isEmpty, identity.phone.isEmpty {
            list.append(
                Shortfall(.identity, "Donnez un courriel ou un téléphone\u{202F}: il figure sur chaque récépissé."))
        }
        let deposit = settings.deposit
        if !deposit.isOnline, !deposit.isByEmail, !deposit.isByPost {
            list.append(Shortfall(.deposit, "Dites comment les dossiers se déposent."))
        }
        if deposit.isByEmail, identity.email.isEmpty {
            list.append(Shortfall(.identity, "Un dépôt par courriel demande l’adresse où l’envoyer."))
        }
        if deposit.isByPost, identity.serviceAddress.isEmpty {
            list.append(Shortfall(.identity, "Un dépôt par courrier demande l’adresse du service."))
        }
        return list
    }

    private static func dates(_ calendar: CallCalendar, _ now: Instant) -> [Shortfall] {
        var list: [Shortfall] = []
        guard let last = calendar.waves.map(\.closesAt).max(), let first = calendar.waves.map(\.closesAt).min() else {
            return [Shortfall(.calendar, "Donnez une date limite de dépôt.")]
        }
        if last <= now { list.append(Shortfall(.calendar, "La date limite de dépôt est déjà passée.")) }
        for wave in calendar.waves {
            if let opening = wave.opensAt, opening >= wave.closesAt {
                list.append(Shortfall(.calendar, "Une vague s’ouvre après sa limite."))
            }
        }
        for date in calendar.milestones {
            guard let moment = date.startsAt else { continue }
            if date.kind.isBeforeClosing, moment >= last {
                list.append(Shortfall(.calendar, "«\u{A0}\(date.label)\u{A0}» vient après la limite de dépôt."))
            }
            if [.instruction, .jury, .results, .agreement].contains(date.kind), moment < first {
                list.append(Shortfall(.calendar, "«\u{A0}\(date.label)\u{A0}» vient avant la limite de dépôt."))
            }
        }
        return list
    }

    private static func money(_ settings: CallSettings) -> [Shortfall] {
        let money = settings.envelope
        var list: [Shortfall] = []
        if let floor = money.floor, let ceiling = money.ceiling, floor > ceiling {
            list.append(Shortfall(.envelope, "Le montant minimal dépasse le montant maximal."))
        }
        if let ceiling = money.ceiling, let total = money.envelope, ceiling > total {
            list.append(Shortfall(.envelope, "L’aide par projet dépasse l’enveloppe de l’appel."))
        }
        return list
    }

    private static func criteria(_ criteria: [CallCriterion]) -> [Shortfall] {
        criteria.filter { $0.weight <= 0 }.map {
            Shortfall(.criteria, "Le critère «\u{A0}\($0.label)\u{A0}» n’a pas de poids.")
        }
    }

    private static func dossier(_ settings: CallSettings, _ forms: [CallForm]) -> [Shortfall] {
        guard settings.deposit.isOnline else { return [] }
        if forms.isEmpty { return [Shortfall(.forms, "Écrivez le dossier à remplir.")] }
        guard !forms.contains(where: { $0.maturity.isEmpty }) else { return [] }
        let stages = settings.maturities ?? ReferenceList.maturities.entries.map(\.code)
        return stages.filter { stage in !forms.contains { $0.maturity == stage } }.map {
            Shortfall(
                .forms, "Aucun dossier n’est prévu pour l’étape «\u{A0}\(ReferenceList.maturities.label($0))\u{A0}».")
        }
    }
}
