/// Writes the advice of the jury on a dossier, when enough of its members are present and not recused (JURY-18). It is not a
/// decision.
public struct GiveAdvice: Act {
    public static let right =
        "L’équipe de l’appel, la coordination et la présidence du jury, sans lien avec ce dossier."

    public let call: Call.ID
    /// The wave that its jury judges; nil for the last jury of the call.
    public let wave: CallWave.ID?
    public let candidacy: Candidacy.ID
    /// The version of the item that was shown.
    public let version: Int
    public let advice: JuryAdvice
    public let words: String

    public init(
        call: Call.ID, wave: CallWave.ID? = nil, candidacy: Candidacy.ID, version: Int, advice: JuryAdvice,
        words: String
    ) {
        self.call = call
        self.wave = wave
        self.candidacy = candidacy
        self.version = version
        self.advice = advice
        self.words = words
    }

    public func authorize(_ proceeding: Proceeding) throws {
        let editing = JuryEditing(proceeding: proceeding)
        try editing.requireClear(try editing.led(call, wave), candidacy)
    }

    public func perform(_ proceeding: Proceeding) throws {
        let (editing, writer) = (JuryEditing(proceeding: proceeding), proceeding.writer)
        let access = try editing.led(call, wave)
        let jury = try editing.jury(access, in: [.session])
        guard var item = try JuryItemStore.items(of: access.id, writer).first(where: { $0.candidacy == candidacy })
        else {
            throw Missing()
        }
        guard item.version == version else { throw Conflict(current: item.version) }
        var problems = Problems()
        let clean = CallText.long(words, "texte", limit: 10_000, &problems)
        if advice.needsWords, clean.isEmpty {
            problems.add("texte", "Un avis «\u{A0}\(advice.label.lowercased())\u{A0}» dit pourquoi.")
        }
        let quorum = try JuryQuorum.of(jury, on: candidacy, writer)
        if !quorum.isReached { problems.add("", quorum.refusal) }
        try problems.throwIfAny()
        item.advice = advice
        item.words = clean
        item.advisedAt = proceeding.now
        try JuryItemStore.update(item, of: access.id, by: proceeding.principal.account, writer)
        editing.note(access)
        proceeding.note("candidacy", candidacy.text)
        proceeding.note("advice", advice.rawValue)
    }
}
