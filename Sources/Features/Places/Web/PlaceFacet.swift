import Maillage

/// What the directory is narrowed by; `Facet` alone is the component that shows one.
typealias PlaceFacet = Maillage.Facet
