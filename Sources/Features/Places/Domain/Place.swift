/// A place of the network: its sheet, who may see it, and where the sheet stands.
public struct Place: Sendable, Equatable {
    public typealias ID = Identifier<Place>

    public let id: ID
    public var slug: String
    public var state: State
    public var visibility: Visibility
    public var sheet: Sheet
    public var origins: Origins
    /// Counts the changes; an edit names the version it was made on.
    public var version: Int
    public var createdAt: Instant
    public var updatedAt: Instant
    /// When somebody last confirmed that the sheet is true.
    public var verifiedAt: Instant?
    public var mergedInto: ID?

    /// Where the sheet stands.
    public enum State: String, Sendable, CaseIterable {
        case proposed = "proposee"
        case published = "publiee"
        case unpublished = "depubliee"
        case merged = "fusionnee"

        public var label: String {
            switch self {
            case .proposed: "Proposée"
            case .published: "Publiée"
            case .unpublished: "Dépubliée"
            case .merged: "Fusionnée"
            }
        }
    }

    /// Who may know of the place: a project is not always public.
    public enum Visibility: String, Sendable, CaseIterable {
        case hidden = "cachee"
        case circle = "cercle"
        case funders = "financeurs"
        case everyone = "publique"

        public var label: String {
            switch self {
            case .hidden: "Cachée : l’équipe du lieu et la coordination seulement"
            case .circle: "Mon cercle"
            case .funders: "Mon cercle et les financeurs"
            case .everyone: "Tout le monde"
            }
        }
    }

    /// A sheet is due for a check twelve months after somebody last vouched for it.
    public static let checkedEvery = Instant.Span.days(365)

    public func isStale(at now: Instant) -> Bool {
        now - (verifiedAt ?? updatedAt) > Self.checkedEvery
    }
}

/// Where a field's value comes from: a person of the network, or a named source at a date.
public struct Origin: Sendable, Equatable {
    public static let person = "personne"

    /// `Origin.person`, or the name of an import source.
    public let source: String
    public let at: Instant

    public init(source: String, at: Instant) {
        self.source = source
        self.at = at
    }

    public var isPerson: Bool { source == Self.person }
}
