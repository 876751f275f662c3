import Exchange
import HTTPTypes
import Maillage
import Markup

/// `/financements`: the ledger, as each reader may see it.
enum FundingListPages {
    private static let pageLength = 50

    static func show(_ visit: Visit) async throws -> Answer {
        // A form sends its empty fields too: the address to share is the one without them.
        if visit.query.all.contains(where: { $0.value.isEmpty }) {
            let pairs = visit.query.all.filter { !$0.value.isEmpty }.map { ($0.name, Optional($0.value)) }
            return .redirect(to: Paths.path("financements", query: pairs))
        }
        let filter = filter(visit.query)
        let page = min(max(visit.query.int("page") ?? 1, 1), 10_000)
        let principal = visit.principal
        var view = try await visit.read { reader in
            FundingListView(
                items: try FundingListing.items(
                    principal, filter, limit: pageLength, offset: (page - 1) * pageLength, reader),
                totals: try FundingListing.totals(principal, filter, reader),
                funders: try FunderStore.all(reader), years: try FundingListing.years(principal, reader),
                filter: filter, kept: try FunderStore.kept(by: principal, reader))
        }
        view.page = page
        view.pageCount = max((view.totals.reduce(0) { $0 + $1.count } + pageLength - 1) / pageLength, 1)
        view.query = visit.query
        view.isSignedIn = principal.isSignedIn
        var head = PageHead(
            "Financements", section: "Financements",
            description:
                "Qui finance quoi dans le réseau\u{202F}: les aides publiées, leur montant et où elles en sont.",
            breadcrumbs: Breadcrumbs(current: "Financements"))
        head.isIndexed = visit.query.isEmpty
        return visit.page(head, view)
    }

    static func filter(_ query: Fields) -> FundingListing.Filter {
        var filter = FundingListing.Filter()
        filter.funder = query.text("financeur").flatMap { Funder.ID(text: $0) }
        filter.state = query.text("etat").flatMap(FundingState.init)
        filter.year = query.int("annee")
        filter.call = query.text("appel").flatMap { Call.ID(text: $0) }
        filter.place = query.text("lieu").flatMap { Place.ID(text: $0) }
        filter.envelope = query.text("enveloppe").flatMap { FundingEnvelope.ID(text: $0) }
        filter.words = query.text("q") ?? ""
        return filter
    }

    static let columns = [
        "identifiant", "financeur", "dispositif", "forme", "nature", "beneficiaire", "siret", "objet", "annee", "etat",
        "demande", "accorde", "verse", "reverse", "demande_le", "accorde_le", "convention_le", "verse_le", "termine_le",
        "reference", "publiee",
    ]

    /// The same list as a file, written while it is sent.
    static func export(_ visit: Visit) async throws -> Answer {
        let (filter, principal, database) = (filter(visit.query), visit.principal, visit.reception.database)
        return Answer.stream(type: "text/csv; charset=utf-8", savedAs: "financements.csv") { sink in
            var csv = CSVWriter()
            csv.record(columns)
            try await sink.write(csv.take())
            var last = FundingLine.ID(0)
            while true {
                let after = last
                let batch = try await database.scan {
                    try FundingListing.batch(principal, filter, after: after, limit: 500, $0)
                }
                guard let newest = batch.last else { break }
                for item in batch { csv.record(record(item)) }
                try await sink.write(csv.take())
                last = newest.line.id
            }
        }.with(.cacheControl, "no-store")
    }

    private static func record(_ item: FundingListing.Item) -> [String] {
        let (line, facts, days) = (item.line, item.line.facts, item.line.days)
        func day(_ date: CivilDate?) -> String { date?.description ?? "" }
        let hidden = facts.isPerson && !item.isFull
        return [
            line.id.text, item.funder, facts.scheme, facts.form.rawValue, facts.purpose.rawValue, item.beneficiary,
            hidden ? "" : facts.siret, facts.object, String(facts.year), line.state.rawValue,
            SubsidyFile.euros(line.fold.asked), SubsidyFile.euros(line.fold.granted), SubsidyFile.euros(line.fold.paid),
            SubsidyFile.euros(line.fold.returned), day(days.asked), day(days.granted), day(days.agreed), day(days.paid),
            day(days.settled), facts.reference, line.publishedAt == nil ? "non" : "oui",
        ]
    }
}
