/// The one who reads the page, as the header needs to know them. A visitor has no `Viewer`.
struct Viewer: Sendable {
    /// The name to show: theirs, or their address of mail.
    var name: String
    /// True when they edit at least one place.
    var hasPlaces = false
    /// True when they animate at least one circle.
    var hasCircles = false
    /// True for the network's coordination.
    var isCoordinator = false
    /// True for the operator of the machine.
    var isOperator = false
    /// The token that the sign-out form must carry.
    var formToken: FormToken

    init(
        name: String, hasPlaces: Bool = false, hasCircles: Bool = false, isCoordinator: Bool = false,
        isOperator: Bool = false,
        formToken: FormToken
    ) {
        self.name = name
        self.hasPlaces = hasPlaces
        self.hasCircles = hasCircles
        self.isCoordinator = isCoordinator
        self.isOperator = isOperator
        self.formToken = formToken
    }
}

/// What proves that a form came from this site and this session.
struct FormToken: Sendable, Equatable {
    /// The name of the hidden field that carries it.
    static let fieldName = "jeton"

    let value: String

    init(_ value: String) {
        self.value = value
    }
}
