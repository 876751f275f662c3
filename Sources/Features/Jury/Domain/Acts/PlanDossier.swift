/// Gives a dossier its turn in the session, and its audition.
public struct PlanDossier: Act {
    public static let right = "L’équipe de l’appel, la coordination et la présidence du jury."

    public let call: Call.ID
    /// The wave that its jury judges; nil for the last jury of the call.
    public let wave: CallWave.ID?
    public let candidacy: Candidacy.ID
    /// From 1.
    public let place: Int
    public let auditionAt: Instant?
    public let auditionWords: String

    public init(
        call: Call.ID, wave: CallWave.ID? = nil, candidacy: Candidacy.ID, place: Int, auditionAt: Instant? = nil,
        auditionWords: String = ""
    ) {
        self.call = call
        self.wave = wave
        self.candidacy = candidacy
        self.place = place
        self.auditionAt = auditionAt
        self.auditionWords = auditionWords
    }

    public func authorize(_ proceeding: Proceeding) throws {
        try JuryEditing(proceeding: proceeding).led(call, wave)
    }

    public func perform(_ proceeding: Proceeding) throws {
        let (editing, writer) = (JuryEditing(proceeding: proceeding), proceeding.writer)
        let access = try editing.led(call, wave)
        _ = try editing.jury(access, in: [.reading, .session])
        let dossier = try editing.dossier(candidacy, of: access)
        var problems = Problems()
        let words = CallText.line(auditionWords, "audition", limit: 500, &problems)
        if !(1...100_000).contains(place) { problems.add("ordre", "L’ordre de passage est un nombre à partir de 1.") }
        try problems.throwIfAny()
        let known = try JuryItemStore.items(of: access.id, writer).first { $0.candidacy == dossier.id }
        var item = known ?? JuryItem(dossier.id, place: place)
        item.place = place
        item.auditionAt = auditionAt
        item.auditionWords = words
        if known == nil {
            try JuryItemStore.insert(item, of: access.id, writer)
        } else {
            try JuryItemStore.update(item, of: access.id, by: proceeding.principal.account, writer)
        }
        editing.note(access)
        proceeding.note("candidacy", candidacy.text)
        proceeding.note("place", String(place))
    }
}
