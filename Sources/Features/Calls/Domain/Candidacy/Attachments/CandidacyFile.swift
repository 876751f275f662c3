import Exchange
import Forms

/// A document attached to a question of a candidacy: its bytes lie in the vault, its place in the answer that names it.
public struct CandidacyFile: Sendable, Equatable {
    public typealias ID = Identifier<CandidacyFile>

    public let id: ID
    public let candidacy: Candidacy.ID
    /// The partner whose part asks for it; nil for a question of the lead's.
    public var partner: CandidacyPartner.ID?
    /// The question's key.
    public let question: String
    /// As people see it: see `AttachmentName`.
    public var name: String
    public let family: FileFamily
    /// In bytes.
    public let size: Int
    public let digest: FileDigest
    public let addedAt: Instant
    public let addedBy: Account.ID?
    public let removedAt: Instant?

    /// What the answer says of it.
    func answer(datedOn: CivilDate?) -> AnswerFile {
        AnswerFile(
            id: id.text, name: name, family: family, bytes: size,
            datedOn: datedOn ?? CivilZone.paris.local(addedAt.microseconds).date)
    }
}

/// A document that is in the vault and that no row names yet.
public struct ReceivedFile: Sendable, Equatable {
    public let name: String
    public let family: FileFamily
    public let size: Int
    public let digest: FileDigest

    public init(name: String, family: FileFamily, size: Int, digest: FileDigest) {
        self.name = name
        self.family = family
        self.size = size
        self.digest = digest
    }
}

/// How much a candidacy may hold (ATT-5).
public enum AttachmentLimits {
    public static let mostFiles = 60
    /// Bytes of all the documents of a draft.
    public static let mostBytes = 300_000_000
    /// Bytes of all the drafts that one person leads.
    public static let mostBytesOfAccount = 1_000_000_000
    /// How often one person sends a document.
    static let allowance = Throttle.Limit(240, per: .hours(1))
    /// How long the bytes of a document taken away from a draft are kept when no deposit holds it.
    public static let grace = Instant.Span.days(30)
}

extension FileFamily {
    public init(_ kind: DocumentKind) {
        self =
            switch kind {
            case .pdf: .pdf
            case .odt: .odt
            case .docx: .docx
            case .ods: .ods
            case .xlsx: .xlsx
            case .jpeg: .jpeg
            case .png: .png
            }
    }

    public var document: DocumentKind {
        switch self {
        case .pdf: .pdf
        case .odt: .odt
        case .docx: .docx
        case .ods: .ods
        case .xlsx: .xlsx
        case .jpeg: .jpeg
        case .png: .png
        }
    }

    /// `PDF`, `ODT`…: as people call it.
    public var label: String { self == .jpeg ? "JPEG" : rawValue.uppercased() }
}
