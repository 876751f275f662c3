import Storage

/// Adds a circle to the network.
public struct CreateCircle: Act {
    public static let right = "La coordination."

    public let code: String
    public let name: String
    public let kind: Circle.Kind
    public let summary: String

    public init(code: String, name: String, kind: Circle.Kind, summary: String = "") {
        self.code = code
        self.name = name
        self.kind = kind
        self.summary = summary
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard proceeding.principal.isHouse || proceeding.principal.isCoordinator else {
            throw Denied("La création d’un cercle revient à la coordination.")
        }
    }

    public func perform(_ proceeding: Proceeding) throws -> Circle {
        let words = Words.folded(name)
        var problems = Problems()
        if words.isEmpty { problems.add("nom", "Donnez un nom au cercle.") }
        if Words.folded(code).isEmpty { problems.add("code", "Donnez un code au cercle.") }
        try problems.throwIfAny()
        let circle = Circle(
            id: proceeding.newIdentifier(), slug: words.joined(separator: "-"), code: code, name: name, kind: kind,
            summary: summary, rank: try proceeding.writer.count("SELECT COUNT(*) FROM circle") + 1)
        do {
            try proceeding.writer.attempt { try CircleStore.insert(circle, at: proceeding.now, $0) }
        } catch StorageError.unique {
            throw Problems("nom", "Un cercle porte déjà ce nom ou ce code.")
        }
        proceeding.about(circle.id)
        proceeding.note("code", code)
        return circle
    }
}
