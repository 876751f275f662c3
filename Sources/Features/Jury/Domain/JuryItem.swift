/// A dossier in the session: its turn, its audition, and the advice of the jury. An advice is not a decision.
public struct JuryItem: Sendable, Equatable {
    public let candidacy: Candidacy.ID
    /// Its turn in the session, from 1.
    public var place: Int
    public var auditionAt: Instant?
    /// Where, or by which link.
    public var auditionWords: String
    /// When the jury began to speak of it.
    public var begunAt: Instant?
    public var advice: JuryAdvice?
    public var words: String
    public var advisedAt: Instant?
    public var version: Int
}

/// What the jury says of a dossier.
public enum JuryAdvice: String, Sendable, CaseIterable {
    case favourable = "favorable"
    case reserved = "reserve"
    case postponed = "ajourne"
    case unfavourable = "defavorable"

    public var label: String {
        switch self {
        case .favourable: "Favorable"
        case .reserved: "Favorable sous réserve"
        case .postponed: "Ajourné"
        case .unfavourable: "Défavorable"
        }
    }

    /// A reserve, a postponement or a refusal says why.
    public var needsWords: Bool { self != .favourable }
}

/// A dossier put elsewhere than its score does, with the reason (JURY-16).
public struct JuryMove: Sendable, Equatable {
    public typealias ID = Identifier<JuryMove>

    public let id: ID
    public let candidacy: Candidacy.ID
    /// From 1.
    public let position: Int
    public let reason: String
    public let at: Instant
    public let by: Account.ID?
}

/// The signed minutes of a session, as they are for ever.
public struct JuryMinutes: Sendable, Equatable {
    public let text: String
    /// SHA-256 of the text, in hexadecimal.
    public let fingerprint: String
    public let signedAt: Instant
    public let signer: String
}
