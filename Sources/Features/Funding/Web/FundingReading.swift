import Maillage
import Markup
import Storage

/// A line as one reader sees it, with what they may do.
struct FundingReading: Sendable {
    var item: FundingListing.Item
    var now: Instant
    /// Somebody who writes the ledger for this line.
    var mayKeep = false
    /// Somebody of the beneficiary's side.
    var benefits = false
    var call: (title: String, slug: String)?
    var place: (name: String, slug: String)?
    var envelope: FundingEnvelope?
    var agreement: Agreement?

    var line: FundingLine { item.line }
    var isFull: Bool { item.isFull }

    /// The line at an address, if this visitor reads it at least in its public form; `Missing` alike for the others and for what
    /// never was.
    static func find(_ visit: Visit) async throws -> FundingReading {
        let id = try visit.identifier("line", of: FundingLine.ID.self)
        let (principal, now) = (visit.principal, visit.now)
        return try await visit.read { try of(principal, id, at: now, $0) }
    }

    static func of(_ principal: Principal, _ id: FundingLine.ID, at now: Instant, _ reader: Reader) throws
        -> FundingReading
    {
        guard let item = try FundingListing.item(principal, id, reader) else { throw Missing() }
        var reading = FundingReading(item: item, now: now)
        let ties = try FundingStore.ties(principal, item.line, reader)
        reading.mayKeep = FundingRights.mayKeep(principal, ties)
        reading.benefits = FundingRights.benefits(principal, ties, item.line.state)
        if let call = try item.line.facts.call.flatMap({ try CallStore.call(principal, $0, reader) }) {
            reading.call = (call.title, call.slug)
        }
        if let place = try item.line.facts.place.flatMap({ try PlaceStore.place(principal, $0, reader) }) {
            reading.place = (place.sheet.name, place.slug)
        }
        guard item.isFull else { return reading }
        reading.agreement = try AgreementStore.agreement(of: id, reader)
        if reading.mayKeep {
            reading.envelope = try item.line.facts.envelope.flatMap {
                try FundingEnvelopeStore.envelope(principal, $0, reader)
            }
        }
        return reading
    }

    /// The line, for those who read it in full. Its public readers are refused, the others find nothing.
    static func full(_ visit: Visit) async throws -> FundingReading {
        let reading = try await find(visit)
        guard reading.isFull else {
            throw Denied("Cela se lit par le financeur, l’équipe de l’appel et le bénéficiaire.")
        }
        return reading
    }

    /// The line, for those who keep it.
    static func kept(_ visit: Visit) async throws -> FundingReading {
        let reading = try await find(visit)
        guard reading.mayKeep else { throw Denied("Cela revient au financeur ou à l’équipe de l’appel.") }
        return reading
    }

    var title: String { Format.excerpt(line.facts.object, limit: 60) }

    func crumbs(_ current: String? = nil) -> Breadcrumbs {
        guard let current else { return Breadcrumbs([("Financements", Link(path: "financements"))], current: title) }
        return Breadcrumbs(
            [("Financements", Link(path: "financements")), (title, Link(path: "financements", line.id.text))],
            current: current)
    }

    func head(_ page: String? = nil, _ problems: Problems = Problems()) -> PageHead {
        var head = PageHead(
            page.map { "\($0)\u{202F}: \(title)" } ?? title, section: "Financements", breadcrumbs: crumbs(page))
        head.isIndexed = page == nil && line.publishedAt != nil
        head.hasErrors = !problems.isEmpty
        return head
    }
}

extension FundingState {
    /// The state in a word, with the colour that repeats it.
    var badge: Badge {
        switch self {
        case .envisaged, .asked: Badge(label)
        case .granted, .agreed: Badge(label, .info)
        case .paid, .settled: Badge(label, .good)
        case .refused: Badge(label, .bad)
        case .returned: Badge(label, .warn)
        }
    }
}
