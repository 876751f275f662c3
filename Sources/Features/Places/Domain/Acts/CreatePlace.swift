import Storage

/// Adds a place to the register. Whoever creates it manages it; until the coordination publishes it, only they and the coordination
/// see it. The coordination's own places are published at once.
public struct CreatePlace: Act {
    public static let right = "Toute personne qui a un compte ; la coordination publie."

    public let values: [SheetField: SheetValue]
    public let visibility: Place.Visibility
    public let circles: [Int64]

    public init(values: [SheetField: SheetValue], visibility: Place.Visibility = .everyone, circles: [Int64] = []) {
        self.values = values
        self.visibility = visibility
        self.circles = circles
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard proceeding.principal.isSignedIn || proceeding.principal.isHouse else {
            throw Denied("Connectez-vous pour déclarer un lieu.")
        }
    }

    public func perform(_ proceeding: Proceeding) throws -> Place {
        let editing = PlaceEditing(proceeding: proceeding)
        var problems = Problems()
        var sheet = try editing.sheet(Sheet(), with: values.mapValues { $0 }, problems: &problems)
        try problems.throwIfAny()
        if sheet[.maturity] == nil { sheet[.maturity] = .text(Maturity.open.rawValue) }
        let publishes = PlaceRights.mayModerate(proceeding.principal)
        let place = try editing.create(sheet, state: publishes ? .published : .proposed, visibility: visibility)
        for (rank, circle) in circles.enumerated() {
            guard try CircleStore.exists(Circle.ID(circle), proceeding.writer) else {
                throw Problems("cercle", "Ce cercle n’existe pas.")
            }
            try PlaceCircleStore.join(place.id, circle, isMain: rank == 0, at: proceeding.now, proceeding.writer)
        }
        if let account = proceeding.principal.account, !proceeding.principal.isCoordinator {
            _ = try RoleGrantStore.insert(
                Grant(.placeManager, on: Scope(.place, place.id.number)), to: account, until: nil,
                reason: "déclaration du lieu", proceeding)
        }
        return place
    }
}
