/// Changes one section of a published call: what changed is computed, the reason is asked, a new version of the règlement is
/// frozen, and those concerned are told (CALL-9). A limit is not moved here: see `ExtendDeadline`.
public struct AmendCall: Act {
    public static let right = "L’équipe de l’appel et la coordination, après la publication."

    public let call: Call.ID
    public let version: Int
    public let section: CallSection
    public let reason: String
    public let head: LetterHead

    public init(call: Call.ID, version: Int, section: CallSection, reason: String, head: LetterHead) {
        self.call = call
        self.version = version
        self.section = section
        self.reason = reason
        self.head = head
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try CallEditing(proceeding: proceeding).kept(call)
    }

    public func perform(_ proceeding: Proceeding) throws -> Call {
        let editing = CallEditing(proceeding: proceeding)
        let former = try editing.kept(call)
        guard former.state == .published else {
            throw Problems("", former.state == .draft ? "Cet appel n’est pas publié." : "Cet appel est annulé.")
        }
        try editing.require(version, of: former)
        var problems = Problems()
        let settings = former.settings.with(section, problems: &problems)
        let motive = CallText.long(reason, "motif", limit: 2_000, &problems)
        if motive.isEmpty { problems.add("motif", "Dites pourquoi\u{202F}: le motif est publié avec l’avenant.") }
        if former.settings.deposit.isSealed, !settings.deposit.isSealed {
            problems.add("scelle", "Les plis d’un appel publié restent scellés\u{202F}: c’est promis aux candidats.")
        }
        checkWaves(former, settings.waves, at: proceeding.now, &problems)
        let forms = try CallFormStore.current(of: call, proceeding.writer)
        // What was lacking before is not the fault of this change: a deadline may have passed since.
        let known = CallCompleteness.shortfalls(of: former.settings, forms: forms, at: proceeding.now)
        for shortfall in CallCompleteness.shortfalls(of: settings, forms: forms, at: proceeding.now)
        where !known.contains(shortfall) {
            problems.add("", shortfall.message)
        }
        try problems.throwIfAny()
        guard settings != former.settings else { throw Problems("", "Rien ne change dans cette section.") }
        var changed = former
        changed.settings = settings
        proceeding.note("section", section.name.rawValue)
        return try editing.amend(changed, replacing: former, reason: motive, head: head)
    }

    /// CALL-10: waves keep their limits; those that opened keep their opening; none disappears.
    private func checkWaves(_ former: Call, _ waves: [CallWave], at now: Instant, _ problems: inout Problems) {
        for (rank, old) in former.settings.waves.enumerated() {
            guard let new = waves.first(where: { $0.id == old.id }) else {
                problems.add("vagues", "Une vague publiée ne se supprime pas.")
                continue
            }
            if new.closesAt != old.closesAt || new.zone != old.zone {
                problems.add(
                    "vague.\(rank).limite",
                    "La limite d’un appel publié ne se change que par une prolongation, à deux personnes.")
            }
            let opening = old.opensAt ?? former.publishedAt ?? now
            if opening <= now, new.opensAt != old.opensAt {
                problems.add("vague.\(rank).ouverture", "Cette vague est déjà ouverte.")
            }
        }
        for wave in waves where former.wave(wave.id) == nil && wave.closesAt <= now {
            problems.add("vagues", "Une nouvelle vague ne peut pas être déjà close.")
        }
    }
}
