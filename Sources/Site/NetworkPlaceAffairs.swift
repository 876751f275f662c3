import Maillage

extension PlaceAffairs {
    /// The lines of the ledger that name the place, as its reader may see them.
    static let network = PlaceAffairs(funding: { visit, place in
        let principal = visit.principal
        var filter = FundingListing.Filter()
        filter.place = place
        let narrowed = filter
        return try await visit.read { try FundingListing.items(principal, narrowed, limit: 20, $0) }.map { item in
            let amount = item.line.fold.granted > 0 ? ", " + Format.euros(cents: item.line.fold.granted) : ""
            return PlaceAffair(
                title: item.line.facts.object, path: Paths.funding(item.line.id),
                words: "\(item.funder), \(item.line.facts.year)\(amount) (\(item.line.state.label.lowercased()))")
        }
    })
}
