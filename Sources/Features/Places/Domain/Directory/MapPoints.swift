import Geography

/// The points a map draws, and what each of them is.
public struct MapPoints: Sendable {
    let snapshot: DirectorySnapshot
    /// Nil draws every public point.
    public let filter: Bitset?

    public var index: MortonIndex { snapshot.points.index }
    public var generation: UInt64 { snapshot.generation }

    /// The place of a point.
    public func card(ofPoint point: Int) -> PlaceCard {
        snapshot.cards[Int(snapshot.points.slots[point])]
    }
}
