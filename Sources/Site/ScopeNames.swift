import Maillage
import Storage

extension ScopeBook {
    /// The places and circles of the network, as far as each principal may know of them: two statements at most.
    static let network = ScopeBook(
        labels: { principal, scopes, reader in
            var labels: [Scope: ScopeLabel] = [:]
            let places = scopes.filter { $0.kind == .place }.map { Place.ID($0.subject) }
            if !places.isEmpty {
                for place in try PlaceStore.places(principal, places, reader) {
                    labels[Scope(.place, place.id.number)] = ScopeLabel(
                        name: place.sheet.name, path: Paths.path("lieux", place.slug))
                }
            }
            if scopes.contains(where: { $0.kind == .circle }) {
                for circle in try CircleStore.all(reader) {
                    labels[Scope(.circle, circle.id.number)] = ScopeLabel(
                        name: circle.name, path: Paths.path("cercles", circle.slug))
                }
            }
            return labels
        },
        find: { principal, kind, slug, reader in
            switch kind {
            case .network: .network
            case .place: try PlaceStore.place(principal, slug: slug, reader).map { Scope(.place, $0.id.number) }
            case .circle: try CircleStore.circle(slug: slug, reader).map { Scope(.circle, $0.id.number) }
            }
        })
}
