import Storage

/// The WHERE of every read of places: one fragment, the same decision as `PlaceRights.maySee`.
public enum VisiblePlaces {
    /// A condition on the table `place` of the statement.
    public static func to(_ principal: Principal) -> SQL {
        if principal.isHouse || principal.isCoordinator { return "1 = 1" }
        var ways: [SQL] = ["(place.state IN ('publiee', 'fusionnee') AND place.visibility = 'publique')"]
        let own = principal.subjects(of: .place, holding: [.placeEditor, .placeManager])
        if !own.isEmpty { ways.append("place.id IN \(list: own)") }
        let circles = principal.subjects(of: .circle, holding: [.circleAnimator])
        if !circles.isEmpty {
            ways.append(
                """
                (place.state IN ('publiee', 'fusionnee')
                    AND place.visibility IN ('cercle', 'financeurs')
                    AND EXISTS (
                        SELECT 1
                        FROM place_circle
                        WHERE place_circle.place_id = place.id
                            AND place_circle.until IS NULL
                            AND place_circle.circle_id IN \(list: circles)))
                """)
        }
        if principal.holds([.funder], on: .network) {
            ways.append("(place.state IN ('publiee', 'fusionnee') AND place.visibility = 'financeurs')")
        }
        return "(" + SQL.join(ways, " OR ") + ")"
    }
}
