import Storage

/// Publishes who was retained and for how much on the call's page, once everybody was told.
public struct PublishResults: Act {
    public static let right = "Une personne de l’équipe de l’appel, ou de la coordination, après la notification."

    public let call: Call.ID
    public let wave: CallWave.ID

    public init(call: Call.ID, wave: CallWave.ID) {
        self.call = call
        self.wave = wave
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try DecisionEditing(proceeding: proceeding).call(call)
    }

    public func perform(_ proceeding: Proceeding) throws {
        let editing = DecisionEditing(proceeding: proceeding)
        let call = try editing.call(call)
        _ = try editing.closed(wave, of: call)
        // Who withdrew before being told waits for nothing.
        let examined = Set(try DecisionBoard.dossiers(of: call, wave, proceeding.writer).map(\.candidacy.id))
        let decisions = try DecisionStore.current(of: call.id, wave: wave, proceeding.writer)
            .filter { $0.isNotified || examined.contains($0.candidacy) }
        guard decisions.contains(where: \.isNotified), decisions.allSatisfy(\.isNotified) else {
            throw Problems("", "Les résultats se publient quand chaque personne a reçu sa décision.")
        }
        guard
            try DecisionLetterStore.publish(
                wave, of: call.id, at: proceeding.now, by: proceeding.principal.account, proceeding.writer)
        else { throw Problems("", "Ces résultats sont déjà publiés.") }
        proceeding.about(call.id)
        proceeding.note("wave", wave.text)
    }
}
