import Exchange

/// A call of the network: somebody asks for projects, says what for, until when and how they are chosen.
public struct Call: Sendable, Equatable {
    public typealias ID = Identifier<Call>

    public let id: ID
    public var slug: String
    public var state: State
    public var settings: CallSettings
    /// Counts the changes; an edit names the version it was made on.
    public var version: Int
    /// The version of the règlement in force; 0 before publication.
    public var rulesVersion: Int
    public var createdAt: Instant
    public var createdBy: Principal.ID?
    public var updatedAt: Instant
    public var publishedAt: Instant?
    public var cancelledAt: Instant?
    public var cancelReason: String

    /// What people decided of the call. That it is open or closed is never stored: see `phase(at:)` (CALL-1).
    public enum State: String, Sendable, CaseIterable {
        case draft = "brouillon"
        case published = "publie"
        case cancelled = "annule"

        public var label: String {
            switch self {
            case .draft: "Brouillon"
            case .published: "Publié"
            case .cancelled: "Annulé"
            }
        }
    }

    /// Where a call stands at a moment, by comparing instants.
    public enum Phase: String, Sendable, CaseIterable {
        case draft = "brouillon"
        case coming = "a_venir"
        case open = "ouvert"
        case closed = "clos"
        case cancelled = "annule"

        public var label: String {
            switch self {
            case .draft: "Brouillon"
            case .coming: "À venir"
            case .open: "Ouvert"
            case .closed: "Clos"
            case .cancelled: "Annulé"
            }
        }
    }

    public var title: String { settings.identity.title }
    public var nature: CallNature { settings.identity.nature }

    /// CALL-1: draft and cancelled are decisions; the rest follows from the waves.
    public func phase(at now: Instant) -> Phase {
        switch state {
        case .draft: .draft
        case .cancelled: .cancelled
        case .published:
            if openWave(at: now) != nil { .open } else if nextWave(at: now) != nil { .coming } else { .closed }
        }
    }

    /// The wave that takes candidacies at this moment: the one that closes first when several do.
    public func openWave(at now: Instant) -> CallWave? {
        guard state == .published else { return nil }
        return settings.waves.filter { $0.isOpen(at: now, publishedAt: publishedAt) }.min { $0.closesAt < $1.closesAt }
    }

    /// The first wave yet to open.
    public func nextWave(at now: Instant) -> CallWave? {
        guard state != .cancelled else { return nil }
        return settings.waves.filter { ($0.opensAt ?? publishedAt ?? now) > now }
            .min { ($0.opensAt ?? $0.closesAt) < ($1.opensAt ?? $1.closesAt) }
    }

    /// The wave people ask about: the open one, else the next, else the last that closed.
    public func currentWave(at now: Instant) -> CallWave? {
        openWave(at: now) ?? nextWave(at: now) ?? settings.waves.max { $0.closesAt < $1.closesAt }
    }

    /// The wave that is examined: the last that closed, else the first.
    public func wave(at now: Instant) -> CallWave? {
        settings.waves.filter { $0.closesAt <= now }.max { $0.closesAt < $1.closesAt } ?? settings.waves.first
    }

    public func wave(_ id: CallWave.ID) -> CallWave? {
        settings.waves.first { $0.id == id }
    }
}

/// One period during which a call takes candidacies. A dated call has one; a permanent call, one after another.
public struct CallWave: Sendable, Equatable {
    public typealias ID = Identifier<CallWave>

    public let id: ID
    /// « Vague 1 », or empty when there is only one.
    public var label: String
    /// From then on; nil from publication on.
    public var opensAt: Instant?
    /// The first instant that is too late.
    public var closesAt: Instant
    /// The IANA name of the zone the deadline was thought in.
    public var zone: String
    /// The deadline as it was typed.
    public var words: String

    public init(
        id: ID, label: String = "", opensAt: Instant? = nil, closesAt: Instant, zone: String = "Europe/Paris",
        words: String = ""
    ) {
        self.id = id
        self.label = label
        self.opensAt = opensAt
        self.closesAt = closesAt
        self.zone = zone
        self.words = words
    }

    /// How it is called among those of its call: by its label, else by its place.
    public func name(in call: Call) -> String {
        guard label.isEmpty else { return label }
        return "Vague \((call.settings.waves.firstIndex { $0.id == id } ?? 0) + 1)"
    }

    /// The zone's own rules; Paris when the name is not French.
    public var civilZone: CivilZone { CivilZone.french(identifier: zone) ?? .paris }

    /// CALL-2: accepted from the opening, that instant included, to the closing, excluded.
    public func isOpen(at now: Instant, publishedAt: Instant?) -> Bool {
        guard let opening = opensAt ?? publishedAt else { return false }
        return opening <= now && now < closesAt
    }
}
