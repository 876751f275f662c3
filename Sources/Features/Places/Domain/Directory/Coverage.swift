import Geography

/// How near each commune is to a place where one may come in, among those everybody sees. As the crow flies: roads are longer.
public struct Coverage: Sendable {
    /// From this far on, people of a commune have no place nearby.
    public static let reach = 20_000.0
    /// Communes of no more inhabitants are not called gaps.
    public static let leastPopulation = 1_000

    /// The generation of the directory these figures were made of.
    public let generation: UInt64
    private let metres: [String: Double]
    private let places: [String: Int]

    /// Looks from the centre of every commune. A commune without a known centre is left out.
    public init(of communes: [Commune], in directory: Directory) {
        var receiving = PlaceQuery()
        receiving.facets[.maturity] = Set(Maturity.allCases.filter(\.receives).map(\.rawValue))
        let points = directory.mapPoints(receiving)
        generation = points.generation
        places = points.placesByCommune
        var metres: [String: Double] = [:]
        for commune in communes {
            guard let centre = commune.centre else { continue }
            let near = points.index.nearest(to: centre, limit: 1, maximumMetres: Self.reach, filter: points.filter)
                .first
            if let near {
                metres[commune.code] = near.metres
            } else if (commune.population ?? 0) > Self.leastPopulation {
                metres[commune.code] =
                    points.index.nearest(to: centre, limit: 1, filter: points.filter).first?.metres ?? .infinity
            } else {
                metres[commune.code] = .infinity
            }
        }
        self.metres = metres
    }

    /// How many places that everybody sees, of any stage, have a site in the commune.
    public func places(in commune: String) -> Int { places[commune] ?? 0 }

    /// Metres from the commune's centre to the nearest place where one may come in; infinity when it is beyond reach and
    /// nobody asks how far; nil when the centre is unknown.
    public func metres(from commune: String) -> Double? { metres[commune] }

    /// Whether people of the commune have a place nearby.
    public func isCovered(_ commune: Commune) -> Bool { (metres[commune.code] ?? 0) <= Self.reach }

    /// The communes of more than `leastPopulation` inhabitants without a place nearby, the most populous first.
    public func gaps(among communes: [Commune]) -> [Commune] {
        communes.filter { ($0.population ?? 0) > Self.leastPopulation && !isCovered($0) }
            .sorted { ($1.population ?? 0, $0.code) < ($0.population ?? 0, $1.code) }
    }
}

extension MapPoints {
    /// How many places that everybody sees have a site in each commune.
    var placesByCommune: [String: Int] {
        snapshot.communes.mapValues { slots in slots.count { snapshot.open.test($0) } }
    }
}
