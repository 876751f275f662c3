import Storage

/// Says that a draft still serves after its call has closed: the term after which it is erased counts again from now (PRIV-3).
public struct KeepDraft: Act {
    public static let right = "La personne qui porte la candidature, tant que le brouillon n’a jamais été déposé."

    public let candidacy: Candidacy.ID

    public init(_ candidacy: Candidacy.ID) {
        self.candidacy = candidacy
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try CandidacyEditing(proceeding: proceeding).led(candidacy)
    }

    /// Answers when it will be erased.
    public func perform(_ proceeding: Proceeding) throws -> Instant {
        let draft = try CandidacyEditing(proceeding: proceeding).led(candidacy)
        guard draft.state == .draft, draft.depositedVersion == 0 else {
            throw Problems("", "Seul un brouillon jamais déposé s’efface\u{202F}: celui-ci est gardé.")
        }
        try CandidacyStore.touch(candidacy, at: proceeding.now, proceeding.writer)
        try RetentionNotices.forget(.draft, [candidacy.number], proceeding.writer)
        proceeding.about(candidacy)
        guard let start = try CandidacyStore.termStart(of: candidacy, proceeding.writer) else { throw Missing() }
        return start + DossierTerms.draft.span
    }
}

/// When a draft will be erased, for those who lead it.
public enum DraftTerm {
    /// Nil for what is not a draft, or whose call has not closed.
    public static func end(of candidacy: Candidacy, at now: Instant, _ reader: Reader) throws -> Instant? {
        guard let start = try CandidacyStore.termStart(of: candidacy.id, reader), start <= now else { return nil }
        return start + DossierTerms.draft.span
    }
}
