import Exchange
import Storage

/// Records a candidacy that came by post or e-mail: it gets its own number and receipt, and enters the same list (CAND-15).
public struct RecordPaperCandidacy: Act {
    public static let right = "Une personne de l’équipe de l’appel, ou de la coordination."

    public let call: Call.ID
    public let wave: CallWave.ID?
    public let channel: Receipt.Channel
    public let depositor: String
    public let structure: String
    public let siret: String
    public let title: String
    /// When it came; by post, the instant that the postmark proves.
    public let arrival: Instant
    /// What was received: « un dossier de 12 pages, deux annexes ».
    public let contents: String
    public let office: DepositOffice

    public init(
        call: Call.ID, wave: CallWave.ID? = nil, channel: Receipt.Channel, depositor: String, structure: String,
        siret: String = "", title: String = "", arrival: Instant, contents: String, office: DepositOffice
    ) {
        self.call = call
        self.wave = wave
        self.channel = channel
        self.depositor = depositor
        self.structure = structure
        self.siret = siret
        self.title = title
        self.arrival = arrival
        self.contents = contents
        self.office = office
    }

    public func authorize(_ proceeding: Proceeding) throws {
        let (_, isTeam) = try CallEditing(proceeding: proceeding).visible(call)
        guard CandidacyRights.mayDecide(proceeding.principal, isTeam: isTeam) else {
            throw Denied("Cela revient à l’équipe de l’appel ou à la coordination.")
        }
    }

    public func perform(_ proceeding: Proceeding) throws -> DepositOutcome {
        let call = try CallEditing(proceeding: proceeding).kept(call)
        guard call.state == .published else { throw Problems("", "Cet appel n’est pas ouvert aux dépôts.") }
        var problems = Problems()
        if channel == .online {
            problems.add("voie", "Dites si la candidature est venue par courrier ou par courriel.")
        }
        let name = CallText.line(depositor, "deposant", limit: 200, &problems)
        if name.isEmpty { problems.add("deposant", "Dites qui a signé la candidature.") }
        let body = CallText.line(structure, "structure", limit: 200, &problems)
        if body.isEmpty { problems.add("structure", "Dites quelle structure candidate.") }
        let project = CallText.line(title, "titre", limit: 200, &problems)
        let number = String(siret.filter { !$0.isWhitespace })
        if !number.isEmpty, !OfficialNumbers.isSIRET(number) {
            problems.add("siret", "Ce numéro SIRET n’est pas juste.")
        }
        let received = CallText.long(contents, "contenu", limit: 4_000, &problems)
        if received.isEmpty { problems.add("contenu", "Dites ce qui a été reçu.") }
        if arrival > proceeding.now { problems.add("arrivee", "Cette date n’est pas encore passée.") }
        guard let target = wave.flatMap(call.wave) ?? call.openWave(at: arrival) ?? call.currentWave(at: arrival) else {
            throw Problems("", "Cet appel n’a pas de date limite.")
        }
        if let opening = target.opensAt ?? call.publishedAt, arrival < opening {
            problems.add("arrivee", "L’appel n’était pas ouvert à cette date.")
        }
        guard let form = try CallFormStore.current(of: call.id, proceeding.writer).first else { throw Missing() }
        try problems.throwIfAny()
        let candidacy = Candidacy(
            id: proceeding.newIdentifier(), call: call.id, wave: target.id, form: form.id, maturity: form.maturity,
            place: nil, title: project, structure: body, siret: number, channel: channel, holder: nil, depositor: name,
            state: .draft, version: 1, depositedVersion: 0, answers: .init(), consentedAt: nil,
            createdAt: proceeding.now,
            updatedAt: proceeding.now, withdrawnAt: nil, withdrawReason: "", decision: nil)
        try CandidacyStore.insert(candidacy, proceeding.writer)
        let snapshot = JSONValue.object(
            JSONObject([
                .init("format", .string("maillage-recorded-candidacy-1")),
                .init("candidacy", .string(candidacy.id.text)),
                .init("call", .string(call.slug)), .init("channel", .string(channel.rawValue)),
                .init("depositor", .string(name)), .init("structure", .string(body)), .init("siret", .string(number)),
                .init("title", .string(project)), .init("contents", .string(received)),
            ]))
        let text = String(decoding: try CanonicalJSON.bytes(of: snapshot), as: UTF8.self)
        proceeding.note("recorded", channel.rawValue)
        return try DepositFiling(proceeding: proceeding, office: office).record(
            DepositFiling.Filing(
                candidacy: candidacy, call: call, wave: target, form: form.id, key: .recorded(candidacy.id),
                arrival: arrival, account: nil, isConsented: false,
                snapshot: text, fingerprint: Fingerprint(of: text.utf8), files: []))
    }
}
