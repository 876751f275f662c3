import Storage

/// Opens the sealed candidacies of a wave once its limit has passed. Until then nobody of the organiser knows more of them than how
/// many there are (CAND-36).
public struct OpenSealedCandidacies: Act {
    public static let right = "Une personne de l’équipe de l’appel, ou de la coordination, après la limite."

    public let call: Call.ID
    public let wave: CallWave.ID

    public init(call: Call.ID, wave: CallWave.ID) {
        self.call = call
        self.wave = wave
    }

    public func authorize(_ proceeding: Proceeding) throws {
        let (_, isTeam) = try CallEditing(proceeding: proceeding).visible(call)
        guard CandidacyRights.mayDecide(proceeding.principal, isTeam: isTeam) else {
            throw Denied("Ouvrir les plis revient à une personne de l’équipe de l’appel.")
        }
    }

    public func perform(_ proceeding: Proceeding) throws -> CallOpening {
        let (call, _) = try CallEditing(proceeding: proceeding).visible(call)
        guard let wave = call.wave(wave) else { throw Missing() }
        guard call.settings.deposit.isSealed else {
            throw Problems("", "Les plis de cet appel ne sont pas scellés.")
        }
        guard proceeding.now >= wave.closesAt else {
            throw Problems("", "Les plis ne s’ouvrent qu’après la limite\u{202F}: \(wave.deadlineWords).")
        }
        if let known = try CallOpeningStore.openings(of: call.id, proceeding.writer).first(where: { $0.wave == wave.id }
        ) {
            proceeding.about(call.id)
            return known
        }
        let counting = try CandidacyDepositStore.counting(of: call.id, proceeding.writer)
        let opening = CallOpening(
            wave: wave.id, at: proceeding.now, by: proceeding.principal.account,
            deposits: counting.values.count { $0.wave == wave.id })
        try CallOpeningStore.insert(opening, of: call.id, proceeding.writer)
        proceeding.about(call.id)
        proceeding.note("opened", wave.id.text)
        proceeding.note("deposits", String(opening.deposits))
        return opening
    }
}
