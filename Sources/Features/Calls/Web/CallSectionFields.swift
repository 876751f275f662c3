import Exchange
import Maillage

/// The fields that show a section as it is kept.
enum CallSectionFields {
    static func of(_ name: CallSection.Name, _ settings: CallSettings) -> Fields {
        var fields: [Fields.Field] = []
        func put(_ name: String, _ value: String?) {
            if let value, !value.isEmpty { fields.append(Fields.Field(name: name, value: value)) }
        }
        func tick(_ name: String, _ isTicked: Bool) { if isTicked { put(name, "oui") } }
        switch name {
        case .identity:
            let identity = settings.identity
            put("titre", identity.title)
            put("nature", identity.nature.rawValue)
            put("organisateur", identity.organiser)
            put("service", identity.service)
            put("adresse", identity.serviceAddress)
            put("courriel", identity.email)
            put("telephone", identity.phone)
            put("resume", identity.summary)
        case .presentation:
            let texts = settings.presentation
            put("contexte", texts.context)
            put("objectifs", texts.objectives)
            put("definitions", texts.definitions)
            put("exclusions", texts.exclusions)
            put("versement", texts.payment)
            put("dispositions", texts.provisions)
            for sector in texts.sectors { put("secteurs", sector) }
        case .territory:
            put("territoires", settings.territory.areas.map(CallAreaWords.text).joined(separator: "\n"))
            put("precision", settings.territory.words)
            put("edition", settings.territory.edition)
            put("lu_le", settings.territory.readOn)
        case .envelope:
            let money = settings.envelope
            put("plancher", money.floor.map(WrittenAmount.text))
            put("plafond", money.ceiling.map(WrittenAmount.text))
            put("enveloppe", money.envelope.map(WrittenAmount.text))
            put("duree", money.months.map(String.init))
            put("taux", money.aidRate.map(WrittenAmount.text))
            put("taux_public", money.publicAidRate.map(WrittenAmount.text))
            put("laureats", money.winners.map(String.init))
            put("remarque", money.remark)
        case .deposit:
            let deposit = settings.deposit
            tick("en_ligne", deposit.isOnline)
            tick("par_courriel", deposit.isByEmail)
            tick("par_courrier", deposit.isByPost)
            tick("hors_delai", deposit.takesLate)
            tick("consortium", deposit.isConsortium)
            tick("scelle", deposit.isSealed)
            put("silence", deposit.silence)
        case .attachments:
            for (rank, asked) in settings.attachments.enumerated() {
                put("piece.\(rank).code", asked.code)
                put("piece.\(rank).libelle", asked.label)
                tick("piece.\(rank).obligatoire", asked.isRequired)
                put("piece.\(rank).si", asked.requiredIf)
                for kind in asked.kinds { put("piece.\(rank).formats", kind) }
            }
        case .criteria:
            for (rank, criterion) in settings.criteria.enumerated() {
                put("critere.\(rank).code", criterion.code)
                put("critere.\(rank).libelle", criterion.label)
                put("critere.\(rank).guide", criterion.guide)
                put("critere.\(rank).poids", String(criterion.weight))
                put("critere.\(rank).maximum", String(criterion.maximum))
            }
        case .committee:
            for (rank, juror) in settings.committee.enumerated() {
                put("siege.\(rank).organisme", juror.body)
                put("siege.\(rank).role", juror.role)
            }
        case .calendar, .conditions, .forms: return more(name, settings)
        }
        return Fields(fields)
    }

    private static func more(_ name: CallSection.Name, _ settings: CallSettings) -> Fields {
        var fields: [Fields.Field] = []
        func put(_ name: String, _ value: String?) {
            if let value, !value.isEmpty { fields.append(Fields.Field(name: name, value: value)) }
        }
        if name == .calendar {
            if settings.calendar.isPermanent { put("permanent", "oui") }
            for (rank, wave) in settings.waves.enumerated() {
                put("vague.\(rank).id", wave.id.text)
                put("vague.\(rank).libelle", wave.label)
                put("vague.\(rank).ouverture", wave.opensAt.map { local($0, wave.civilZone) })
                put("vague.\(rank).limite", wave.words)
                put("vague.\(rank).fuseau", wave.zone)
            }
            for (rank, date) in settings.calendar.milestones.enumerated() {
                put("date.\(rank).genre", date.kind.rawValue)
                put("date.\(rank).libelle", date.label)
                put("date.\(rank).jour", date.startsAt.map { local($0, .paris) })
                put("date.\(rank).periode", date.period)
                put("date.\(rank).lieu", date.place)
                put("date.\(rank).lien", date.link)
            }
        }
        if name == .conditions {
            var shown: Set<EligibilityCondition.Kind> = []
            for condition in settings.conditions where shown.insert(condition.predicate.kind).inserted {
                let key = condition.predicate.kind.rawValue
                if condition.isBlocking { put(key + ".bloquant", "oui") }
                put(key + ".precision", condition.words)
                switch condition.predicate {
                case .maturity(let codes): for code in codes { put("maturite.etapes", code) }
                case .legalForm(let codes): for code in codes { put("forme.formes", code) }
                case .siret, .registered: put(key + ".exige", "oui")
                case .age(let months): put("anciennete.mois", String(months))
                case .amount(let floor, let ceiling):
                    put("montant.minimum", floor.map(WrittenAmount.text))
                    put("montant.maximum", ceiling.map(WrittenAmount.text))
                case .publicAid(let limit): put("aides.maximum", WrittenAmount.text(limit))
                case .zoning(let kind, let edition):
                    put("zonage.genre", kind)
                    put("zonage.edition", edition)
                case .territory: break
                }
            }
        }
        return Fields(fields)
    }

    /// `2026-10-16T14:00`, as a field of date and hour takes it.
    private static func local(_ instant: Instant, _ zone: CivilZone) -> String {
        String(zone.local(instant.microseconds).description.prefix(16))
    }
}
