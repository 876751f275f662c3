/// Does an erasure again, in a network that was put back from a backup made before it (BAK-8).
public struct EraseAgain: Act {
    public static let right = "Le programme lui-même, quand une sauvegarde est restaurée."

    private let erasure: Erasure
    private let kind: ErasureKind

    init(_ erasure: Erasure, _ kind: ErasureKind) {
        self.erasure = erasure
        self.kind = kind
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard proceeding.principal.isHouse else { throw Denied() }
    }

    public func perform(_ proceeding: Proceeding) throws -> Bool {
        proceeding.note("kind", erasure.kind)
        proceeding.note("subject", IdentifierText.text(erasure.subject))
        return try kind.erase(erasure, proceeding)
    }
}
