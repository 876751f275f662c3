/// A part of a call that is edited at once: one page of the editor.
public enum CallSection: Sendable, Equatable {
    case identity(CallIdentity)
    case presentation(CallPresentation)
    case territory(CallTerritory)
    case calendar(CallCalendar)
    case envelope(CallEnvelope)
    case conditions([EligibilityCondition])
    case attachments([CallAttachment])
    case criteria([CallCriterion])
    case committee([CallJuror])
    case deposit(CallDeposit)

    /// The sections by the last segment of their address.
    public enum Name: String, Sendable, CaseIterable {
        case identity = "identite"
        case presentation
        case territory = "territoire"
        case calendar = "calendrier"
        case envelope = "montants"
        case conditions
        case attachments = "pieces"
        case criteria = "criteres"
        case committee = "comite"
        case deposit = "depot"
        /// The questions: `SetCallForm`, not a section of the settings.
        case forms = "dossier"

        public var label: String {
            switch self {
            case .identity: "L’appel et qui l’organise"
            case .presentation: "Contexte et objectifs"
            case .territory: "Territoire"
            case .calendar: "Dates"
            case .envelope: "Montants et durée"
            case .conditions: "Qui peut candidater"
            case .attachments: "Pièces à joindre"
            case .criteria: "Critères"
            case .committee: "Comité de sélection"
            case .deposit: "Dépôt"
            case .forms: "Dossier à remplir"
            }
        }
    }

    public var name: Name {
        switch self {
        case .identity: .identity
        case .presentation: .presentation
        case .territory: .territory
        case .calendar: .calendar
        case .envelope: .envelope
        case .conditions: .conditions
        case .attachments: .attachments
        case .criteria: .criteria
        case .committee: .committee
        case .deposit: .deposit
        }
    }
}

extension CallSettings {
    /// The settings with a section put in their canonical form in place of theirs; what is wrong with it goes to `problems`.
    func with(_ section: CallSection, problems: inout Problems) -> CallSettings {
        var settings = self
        switch section {
        case .identity(let identity): settings.identity = identity.canonical(&problems)
        case .presentation(let texts): settings.presentation = texts.canonical(&problems)
        case .territory(let territory): settings.territory = territory.canonical(&problems)
        case .calendar(let calendar): settings.calendar = calendar.canonical(&problems)
        case .envelope(let money): settings.envelope = money.canonical(&problems)
        case .conditions(let conditions):
            settings.conditions = CallListRules.conditions(conditions, &problems)
        case .attachments(let asked): settings.attachments = CallListRules.attachments(asked, &problems)
        case .criteria(let criteria): settings.criteria = CallListRules.criteria(criteria, &problems)
        case .committee(let jurors): settings.committee = CallListRules.committee(jurors, &problems)
        case .deposit(let deposit):
            settings.deposit = deposit
            settings.deposit.silence = CallText.long(deposit.silence, "silence", limit: 2_000, &problems)
        }
        return settings
    }
}
