import Storage

/// Writes the constraints of a wave's selection.
public struct SetSelectionRules: Act {
    public static let right = "Une personne de l’équipe de l’appel, ou de la coordination, après la limite de dépôt."

    public let call: Call.ID
    public let wave: CallWave.ID
    public let version: Int
    public let rules: SelectionRules

    public init(call: Call.ID, wave: CallWave.ID, version: Int, rules: SelectionRules) {
        self.call = call
        self.wave = wave
        self.version = version
        self.rules = rules
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try DecisionEditing(proceeding: proceeding).call(call)
    }

    public func perform(_ proceeding: Proceeding) throws -> SelectionPlan {
        let editing = DecisionEditing(proceeding: proceeding)
        let call = try editing.call(call)
        _ = try editing.closed(wave, of: call)
        let former = try SelectionStore.plan(of: wave, proceeding.writer)
        try editing.require(version, of: former)
        var problems = Problems()
        let clean = canonical(&problems)
        let known = Set(try DecisionBoard.dossiers(of: call, wave, proceeding.writer).map(\.deposit.number))
        for (field, numbers) in [("retenus", clean.included), ("ecartes", clean.excluded)] {
            for number in numbers where !known.contains(number) {
                problems.add(field, "Aucun dossier examiné n’a le récépissé n°\u{A0}\(number).")
            }
        }
        try problems.throwIfAny()
        let plan = SelectionPlan(
            wave: wave, call: call.id, version: version + 1, rules: clean, updatedAt: proceeding.now,
            updatedBy: proceeding.principal.account)
        guard try SelectionStore.write(plan, after: former, proceeding.writer) else { throw Conflict(current: version) }
        proceeding.concerns(call.id)
        proceeding.note("wave", wave.text)
        proceeding.note("rules", String(clean.named().count))
        return plan
    }

    private func canonical(_ problems: inout Problems) -> SelectionRules {
        var clean = rules
        if let envelope = clean.envelope, !(1...CallEnvelope.most).contains(envelope) {
            problems.add("enveloppe", "L’enveloppe est un montant de plus de zéro.")
        }
        if let most = clean.most, !(1...5_000).contains(most) {
            problems.add("nombre", "Le nombre va de 1 à 5\u{202F}000.")
        }
        if let count = clean.perTerritory, !(1...5_000).contains(count) {
            problems.add("par_territoire", "Le nombre par territoire va de 1 à 5\u{202F}000.")
        }
        if !(0...5_000).contains(clean.reserve) {
            problems.add("reserve", "La liste d’attente compte 5\u{202F}000 places au plus.")
        }
        if clean.quotas.count > 12 { problems.add("quota-1", "Douze quotas au plus.") }
        for index in clean.quotas.indices {
            let field = "quota-\(index + 1)"
            clean.quotas[index].tag = CallText.line(clean.quotas[index].tag, field, limit: 60, &problems)
            if Words.key(clean.quotas[index].tag).isEmpty {
                problems.add(field, "Nommez l’étiquette que ce quota compte.")
            }
            let quota = clean.quotas[index]
            let limit = quota.isShare ? 10_000 : quota.isMoney ? CallEnvelope.most : 5_000
            if !(0...limit).contains(quota.value) {
                problems.add(
                    field,
                    quota.isShare
                        ? "Une part va de 0 à 100\u{A0}%."
                        : quota.isMoney ? "Ce montant n’est pas possible." : "Ce nombre n’est pas possible.")
            }
        }
        clean.reason = CallText.long(clean.reason, "motif", limit: 4_000, &problems)
        let forced = Set(clean.included + clean.excluded)
        clean.included = Set(clean.included).sorted()
        clean.excluded = Set(clean.excluded).sorted()
        if !Set(clean.included).isDisjoint(with: clean.excluded) {
            problems.add("ecartes", "Un dossier ne peut pas être à la fois retenu et écarté d’office.")
        }
        if !forced.isEmpty, clean.reason.isEmpty {
            problems.add("motif", "Écrivez pourquoi ces dossiers sont retenus ou écartés d’office.")
        }
        return clean
    }
}
