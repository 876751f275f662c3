/// Who may do what to a place. Pure: the acts, the pages' buttons and the tests ask the same functions.
public enum PlaceRights {
    /// Somebody of the place's team.
    public static func belongs(_ principal: Principal, to place: Place.ID) -> Bool {
        principal.holds([.placeEditor, .placeManager], on: Scope(.place, place.number))
    }

    public static func manages(_ principal: Principal, _ place: Place.ID) -> Bool {
        principal.isHouse || principal.isCoordinator
            || principal.holds([.placeManager], on: Scope(.place, place.number))
    }

    /// Whether the principal may know that the place exists. `circles` are the circles the place belongs to now.
    public static func maySee(_ principal: Principal, _ place: Place, circles: [Int64]) -> Bool {
        if principal.isHouse || principal.isCoordinator || belongs(principal, to: place.id) { return true }
        guard place.state == .published || place.state == .merged else { return false }
        switch place.visibility {
        case .everyone: return true
        case .hidden: return false
        case .circle: return isOfCircle(principal, circles)
        case .funders: return principal.holds([.funder], on: .network) || isOfCircle(principal, circles)
        }
    }

    /// Whether the principal reads the fields that the place keeps from the public.
    public static func mayReadPrivateFields(_ principal: Principal, _ place: Place.ID) -> Bool {
        principal.isHouse || principal.isCoordinator || belongs(principal, to: place)
    }

    /// Whether the principal may edit the sheet. An open sheet may be edited by any account.
    public static func mayEdit(_ principal: Principal, _ place: Place, circles: [Int64]) -> Bool {
        guard place.state != .merged else { return false }
        if principal.isHouse || principal.isCoordinator || belongs(principal, to: place.id) { return true }
        guard maySee(principal, place, circles: circles) else { return false }
        return isOfCircle(principal, circles, roles: [.circleAnimator])
            || (place.sheet.flag(.openEdition) && principal.isSignedIn)
    }

    public static func mayModerate(_ principal: Principal) -> Bool {
        principal.isHouse || principal.isCoordinator
    }

    private static func isOfCircle(
        _ principal: Principal, _ circles: [Int64], roles: Set<Role> = [.circleAnimator]
    ) -> Bool {
        circles.contains { principal.holds(roles, on: Scope(.circle, $0)) }
    }
}
