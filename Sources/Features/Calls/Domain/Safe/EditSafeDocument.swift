import Exchange
import Storage

/// Says again what a document of a safe is, and until when it serves.
public struct EditSafeDocument: Act {
    public static let right = AddSafeDocument.right

    public let document: SafeDocument.ID
    public let kind: SafeDocument.Kind?
    public let datedOn: CivilDate?
    public let validUntil: CivilDate?

    public init(document: SafeDocument.ID, kind: SafeDocument.Kind?, datedOn: CivilDate?, validUntil: CivilDate?) {
        self.document = document
        self.kind = kind
        self.datedOn = datedOn
        self.validUntil = validUntil
    }

    /// A document of a safe that is not one's own is missing, exactly as one that never was.
    public func authorize(_ proceeding: Proceeding) throws {
        _ = try found(proceeding)
    }

    public func perform(_ proceeding: Proceeding) throws {
        var found = try found(proceeding)
        var problems = Problems()
        if kind == nil { problems.add("nature", "Dites ce qu’est ce document.") }
        SafeDates.check(datedOn, validUntil, at: proceeding.now, &problems)
        try problems.throwIfAny()
        found.kind = kind ?? found.kind
        found.datedOn = datedOn
        found.validUntil = validUntil
        try SafeDocumentStore.update(found, proceeding.writer)
        proceeding.concerns(found.place)
        proceeding.note("document", document.text)
    }

    private func found(_ proceeding: Proceeding) throws -> SafeDocument {
        guard let found = try SafeDocumentStore.document(proceeding.principal, document, proceeding.writer) else {
            throw Missing()
        }
        return found
    }
}
