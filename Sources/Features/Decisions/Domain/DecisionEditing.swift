import Exchange
import Storage

/// What the acts on decisions share: finding the call and the dossier with the rights of the one who acts.
struct DecisionEditing {
    let proceeding: Proceeding

    private var writer: Writer { proceeding.writer }

    /// The call, if the one who acts decides for it.
    func call(_ id: Call.ID) throws -> Call {
        let (call, isTeam) = try CallEditing(proceeding: proceeding).visible(id)
        guard DecisionRights.mayPrepare(proceeding.principal, isTeam: isTeam) else {
            throw Denied("Cela revient à l’équipe de l’appel ou à la coordination.")
        }
        guard DecisionRights.mayDecide(proceeding.principal, isTeam: isTeam) else {
            throw Denied("Cela revient à une personne de l’équipe de l’appel.")
        }
        return call
    }

    /// A wave of the call, once its limit has passed: nobody selects among dossiers that may still change (DECI-1).
    func closed(_ id: CallWave.ID, of call: Call) throws -> CallWave {
        guard let wave = call.wave(id) else { throw Missing() }
        guard proceeding.now >= wave.closesAt else {
            throw Problems("", "La limite de dépôt n’est pas passée\u{202F}: la sélection s’ouvre ensuite.")
        }
        guard try CallOpeningStore.isOpen(call, id, writer) else { throw Missing() }
        return wave
    }

    /// A dossier that is examined, with the deposit that counts, if the one who acts decides for its call.
    func examined(_ id: Candidacy.ID) throws -> (candidacy: Candidacy, call: Call, wave: CallWave) {
        let (candidacy, call) = try CandidacyEditing(proceeding: proceeding).decided(id)
        let deposits = try CandidacyDepositStore.deposits(of: id, writer)
        guard let counting = deposits.first(where: { $0.verdict == .onTime }) ?? deposits.first else { throw Missing() }
        guard try InstructionStore.any(id, writer)?.state != .inadmissible else {
            throw Problems("", "Ce dossier est irrecevable\u{202F}: il n’est pas examiné.")
        }
        return (candidacy, call, try closed(counting.wave, of: call))
    }

    func require(_ version: Int, of plan: SelectionPlan?) throws {
        guard version == plan?.version ?? 0 else { throw Conflict(current: plan?.version ?? 0) }
    }

    /// Refuses what would pass the envelope of the wave, or of the call, by a cent (DECI-6).
    func requireRoom(_ call: Call, _ wave: CallWave.ID) throws {
        let plan = try SelectionStore.plan(of: wave, writer)
        let inWave = try DecisionStore.granted(call: call.id, wave: wave, writer)
        if let envelope = plan?.rules.envelope, inWave > envelope { throw exceeded(inWave, envelope, "de la vague") }
        if let envelope = call.settings.envelope.envelope {
            let inCall = try DecisionStore.granted(call: call.id, wave: nil, writer)
            if inCall > envelope { throw exceeded(inCall, envelope, "de l’appel") }
        }
    }

    private func exceeded(_ total: Int, _ envelope: Int, _ whose: String) -> Problems {
        Problems(
            "montant",
            "Le total accordé passerait à \(Cents.words(total)), au-delà de l’enveloppe \(whose)\u{202F}: "
                + "\(Cents.words(envelope)). Il y a \(Cents.words(total - envelope)) de trop.")
    }

    /// Writes a decision that follows another at once: told in the same transaction (DECI-12, DECI-14).
    func supersede(
        _ former: Decision, by next: Decision, _ candidacy: Candidacy, _ call: Call, head: LetterHead,
        shelf: CandidacyFormShelf
    ) throws -> Decision {
        guard try DecisionStore.supersede(former, at: proceeding.now, writer) else {
            throw Conflict(current: former.version)
        }
        var next = next
        guard let texts = try DecisionLetterStore.texts(of: call.id, writer) else {
            throw Problems("", "Écrivez d’abord les courriers de l’appel.")
        }
        next.notifiedAt = proceeding.now
        let questions = next.reasons.isEmpty ? [:] : try DecisionBoard.questions(of: candidacy, shelf: shelf, writer)
        next.letter = texts.letter(next, candidacy, call, questions: questions)
        try DecisionStore.insert(next, writer)
        try requireRoom(call, next.wave)
        proceeding.about(candidacy.id)
        proceeding.note("decision", next.id.text)
        proceeding.note("outcome", next.outcome.rawValue)
        if let address = try CandidacyEditing(proceeding: proceeding).holderAddress(of: candidacy) {
            proceeding.send(head.decided(address, next, candidacy, call))
        }
        return next
    }
}

/// Amounts in the sentences of acts: `12 000 €`, `12 000,50 €`.
public enum Cents {
    public static func words(_ cents: Int) -> String {
        let magnitude = cents.magnitude
        var whole = String(magnitude / 100)
        var grouped = ""
        while whole.utf8.count > 3 {
            grouped = "\u{202F}" + whole.suffix(3) + grouped
            whole = String(whole.dropLast(3))
        }
        let rest = magnitude % 100
        let decimals = rest == 0 ? "" : (rest < 10 ? ",0\(rest)" : ",\(rest)")
        return (cents < 0 ? "−" : "") + whole + grouped + decimals + "\u{A0}€"
    }
}
