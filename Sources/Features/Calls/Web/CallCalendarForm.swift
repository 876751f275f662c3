import Exchange
import Maillage

extension CallSectionForm {
    /// Waves and milestones. A limit is a sentence: its readings are offered until one is chosen.
    mutating func calendar() -> CallCalendar {
        var calendar = CallCalendar()
        calendar.isPermanent = form.has("permanent")
        for rank in CallRows.ranks("vague", in: form) {
            let name = "vague.\(rank)."
            guard !CallRows.isBlank(name, ["libelle", "ouverture", "limite"], in: form) else { continue }
            if let wave = wave(rank, name) { calendar.waves.append(wave) }
        }
        for rank in CallRows.ranks("date", in: form) {
            let name = "date.\(rank)."
            guard !CallRows.isBlank(name, ["libelle", "jour", "periode", "lieu", "lien"], in: form) else { continue }
            calendar.milestones.append(
                CallMilestone(
                    form.text(name + "genre").flatMap(CallMilestone.Kind.init) ?? .other,
                    label: form.text(name + "libelle") ?? "", startsAt: instant(name + "jour", .paris),
                    period: form[name + "periode"] ?? "", place: form[name + "lieu"] ?? "",
                    link: form[name + "lien"] ?? ""))
        }
        return calendar
    }

    private mutating func wave(_ rank: Int, _ name: String) -> CallWave? {
        let known = form.text(name + "id").flatMap { CallWave.ID(text: $0) }.flatMap { call.wave($0) }
        let zone = form.text(name + "fuseau").flatMap { CivilZone.french(identifier: $0) } ?? known?.civilZone ?? .paris
        let typed = form.text(name + "limite") ?? ""
        let deadline: Deadline
        if let known, typed == known.words, !form.has(name + "lecture"), let present = known.deadline,
            zone == known.civilZone
        {
            deadline = present
        } else if let read = read(typed, rank, zone) {
            deadline = read
        } else {
            return nil
        }
        return CallWave(
            id: known?.id ?? newWave(), label: form[name + "libelle"] ?? "",
            opensAt: instant(name + "ouverture", deadline.zone), closesAt: deadline.limit,
            zone: deadline.zone.identifier, words: typed)
    }

    /// The limit a sentence says: the reading chosen among several, or the only one.
    private mutating func read(_ typed: String, _ rank: Int, _ zone: CivilZone) -> Deadline? {
        let field = "vague.\(rank).limite"
        do {
            let today = CivilZone.paris.local(now.microseconds).date
            let found = try DeadlineReading.readings(of: typed, asOf: today, zone: zone)
            readings[rank] = found
            let chosen = form.text("vague.\(rank).lecture")
            if let one = found.first(where: { $0.deadline.machineWords == chosen }) { return one.deadline }
            if found.count == 1 { return found[0].deadline }
            problems.add(
                field, "Cette phrase se lit de plusieurs façons\u{202F}: choisissez celle que vous voulez dire.")
        } catch {
            problems.add(field, error.reason)
        }
        return nil
    }

    private mutating func instant(_ name: String, _ zone: CivilZone) -> Instant? {
        guard let text = form.text(name) else { return nil }
        let instant = WrittenInstant.read(text, zone: zone)
        if instant == nil { problems.add(name, "Cette date ne se lit pas\u{202F}: 2026-10-16T14:00, par exemple.") }
        return instant
    }
}

extension CallSectionForm {
    /// One block for each kind of condition; what the blocks cannot show (a second zoning) is kept as it was.
    mutating func conditions() -> [EligibilityCondition] {
        var list: [EligibilityCondition] = []
        func add(_ predicate: EligibilityCondition.Predicate?) {
            guard let predicate else { return }
            let key = predicate.kind.rawValue
            list.append(
                EligibilityCondition(
                    predicate, isBlocking: form.has(key + ".bloquant"), words: form[key + ".precision"] ?? ""))
        }
        let stages = form.values("maturite.etapes")
        if !stages.isEmpty { add(.maturity(stages)) }
        let forms = form.values("forme.formes")
        if !forms.isEmpty { add(.legalForm(forms)) }
        if form.has("siret.exige") { add(.siret) }
        if form.has("registre.exige") { add(.registered) }
        let months = whole("anciennete.mois", "Écrivez un nombre de mois.")
        add(months.map { .age(months: $0) })
        let (floor, ceiling) = (amount("montant.minimum"), amount("montant.maximum"))
        if floor != nil || ceiling != nil { add(.amount(floor: floor, ceiling: ceiling)) }
        let limit = rate("aides.maximum")
        add(limit.map { .publicAid(atMost: $0) })
        add(form.text("zonage.genre").map { .zoning(kind: $0, edition: form.text("zonage.edition") ?? "") })
        var shown: Set<EligibilityCondition.Kind> = []
        for condition in call.settings.conditions where !shown.insert(condition.predicate.kind).inserted {
            list.append(condition)
        }
        return list
    }
}
