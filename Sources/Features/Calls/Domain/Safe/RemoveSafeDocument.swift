import Storage

/// Takes a document out of a safe. Candidacies that hold it keep it.
public struct RemoveSafeDocument: Act {
    public static let right = AddSafeDocument.right

    public let document: SafeDocument.ID

    public init(document: SafeDocument.ID) {
        self.document = document
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard try SafeDocumentStore.document(proceeding.principal, document, proceeding.writer) != nil else {
            throw Missing()
        }
    }

    public func perform(_ proceeding: Proceeding) throws {
        guard let found = try SafeDocumentStore.document(proceeding.principal, document, proceeding.writer) else {
            throw Missing()
        }
        try SafeDocumentStore.remove(found.id, at: proceeding.now, proceeding.writer)
        proceeding.concerns(found.place)
        proceeding.note("document", document.text)
    }
}
