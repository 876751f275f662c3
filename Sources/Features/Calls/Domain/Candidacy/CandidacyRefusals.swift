import Forms

/// Something that prevents the deposit, with where to put it right.
public struct CandidacyShortfall: Sendable, Equatable {
    public enum Place: Sendable, Equatable {
        /// A question, by the keys of its section and of itself.
        case question(section: String, key: String)
        case partner(CandidacyPartner.ID)
        /// A question of a partner's part.
        case part(CandidacyPartner.ID, section: String, key: String)
        /// The candidacy's own line: title, structure.
        case heading
        /// A condition of the call that is not met.
        case eligibility
        /// The form of the call has a newer version.
        case form
    }

    public let place: Place
    /// What it is about: the question's label, the partner's name.
    public let about: String
    /// Plain French.
    public let message: String
}

/// The deposit is refused: these are missing or wrong. Nothing was recorded, the draft is untouched (CAND-10).
public struct CandidacyIncomplete: Error, Sendable, Equatable {
    public let shortfalls: [CandidacyShortfall]
}

/// Somebody changed the same questions since the version that was shown. Both texts are here; nothing was written (CAND-5).
public struct CandidacyConflict: Error, Sendable, Equatable {
    public struct Clash: Sendable, Equatable {
        /// The question's key.
        public let key: String
        public let mine: AnswerValue?
        public let theirs: AnswerValue?
    }

    /// The version that stands.
    public let current: Int
    public let clashes: [Clash]
}
