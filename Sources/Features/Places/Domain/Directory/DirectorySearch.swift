import Exchange
import Geography

extension DirectorySnapshot {
    /// The places that a query means among those the principal may see, with the counts of every facet.
    func find(_ query: PlaceQuery, for principal: Principal, times: DirectoryTimes, withFacets: Bool = true)
        -> PlaceFindings
    {
        let visible = visible(to: principal)
        var base = visible
        var scores: [UInt16] = []
        var corrections: [(typed: String, meant: String)] = []
        if let search = text.search(query.text, count: count) {
            base.formAnd(search.matches)
            scores = search.scores
            corrections = search.understanding.corrections
        }
        narrow(&base, by: query, times)
        let chosen = Facet.allCases.compactMap { facet -> (Facet, Bitset)? in
            guard let codes = query.facets[facet], !codes.isEmpty else { return nil }
            return (facet, union(facet, codes))
        }
        var result = base
        for (_, bits) in chosen { result.formAnd(bits) }
        let page = page(of: result, query, scores)
        return PlaceFindings(
            total: result.popcount,
            found: page.map { slot in
                PlaceFindings.Found(
                    card: cards[slot], distance: query.near.flatMap { points.metres(from: $0, to: slot) },
                    isOpenNow: times.openNow.test(slot))
            },
            facets: withFacets ? counts(base, result, chosen, query) : [:],
            openNow: result.popcount(and: times.openNow),
            openAtWeekend: result.popcount(and: times.openAtWeekend),
            corrections: corrections,
            box: frame(of: page),
            generation: generation)
    }

    /// The slots a query means, for tiles and exports.
    func slots(_ query: PlaceQuery, for principal: Principal, times: DirectoryTimes) -> Bitset {
        var base = visible(to: principal)
        if let search = text.search(query.text, count: count) { base.formAnd(search.matches) }
        narrow(&base, by: query, times)
        for (facet, codes) in query.facets where !codes.isEmpty { base.formAnd(union(facet, codes)) }
        return base
    }

    private func union(_ facet: Facet, _ codes: Set<String>) -> Bitset {
        var union = Bitset(count: count)
        for code in codes {
            if let bits = facets[FacetValue(facet: facet, code: code)] { union.formOr(bits) }
        }
        return union
    }

    private func narrow(_ base: inout Bitset, by query: PlaceQuery, _ times: DirectoryTimes) {
        if let commune = query.commune { base.formAnd(bits(communes[commune] ?? [])) }
        if let epci = query.epci { base.formAnd(bits(epcis[epci] ?? [])) }
        if query.isOpenNow { base.formAnd(times.openNow) }
        if query.isOpenAtWeekend { base.formAnd(times.openAtWeekend) }
        if let moment = query.openAt { base.formAnd(openTimes.open(at: moment)) }
        if let box = query.box {
            base.formAnd(bits(points.index.slots(in: box).map { Int(points.slots[$0]) }))
        }
        if let near = query.near, let radius = query.radius {
            base.formAnd(bits(points.index.slots(within: radius, of: near).map { Int(points.slots[$0]) }))
        }
        if let since = query.updatedSince {
            for slot in base.ones where cards[slot].updatedAt < since { base.clear(slot) }
        }
    }

    private func bits(_ slots: [Int]) -> Bitset {
        var bits = Bitset(count: count)
        for slot in slots { bits.set(slot) }
        return bits
    }

    private func counts(
        _ base: Bitset, _ result: Bitset, _ chosen: [(Facet, Bitset)], _ query: PlaceQuery
    ) -> [Facet: [PlaceFindings.FacetCount]] {
        var backgrounds: [Facet: Bitset] = [:]
        for (facet, _) in chosen {
            var background = base
            for (other, bits) in chosen where other != facet { background.formAnd(bits) }
            backgrounds[facet] = background
        }
        var counts: [Facet: [PlaceFindings.FacetCount]] = [:]
        for (value, bits) in facets {
            let count = bits.popcount(and: backgrounds[value.facet] ?? result)
            let isChosen = query.facets[value.facet]?.contains(value.code) ?? false
            guard count > 0 || isChosen else { continue }
            counts[value.facet, default: []].append(
                PlaceFindings.FacetCount(code: value.code, count: count, isChosen: isChosen))
        }
        for facet in counts.keys {
            counts[facet]?.sort { ($1.count, $0.code) < ($0.count, $1.code) }
        }
        return counts
    }

    private func frame(of slots: [Int]) -> BoundingBox? {
        let points = slots.compactMap { cards[$0].point }
        guard points.count > 2 else { return BoundingBox(containing: points) }
        // One place overseas must not shrink all the others to a dot: what lies far from the middle is left out of the frame.
        let middle = (
            points.map(\.latitude).sorted()[points.count / 2], points.map(\.longitude).sorted()[points.count / 2]
        )
        let near = points.filter { abs($0.latitude - middle.0) < 12 && abs($0.longitude - middle.1) < 12 }
        return BoundingBox(containing: near.isEmpty ? points : near)
    }
}

/// What depends on the hour: made once a minute for everybody.
struct DirectoryTimes: Sendable {
    let minute: Int64
    let generation: UInt64
    let openNow: Bitset
    let openAtWeekend: Bitset
}
