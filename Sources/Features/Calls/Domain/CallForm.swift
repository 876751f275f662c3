/// One version of the form of a call, for one maturity or for all.
public struct CallForm: Sendable, Equatable {
    public typealias ID = Identifier<CallForm>

    public let id: ID
    public let call: Call.ID
    /// A code of `ReferenceList.maturities`; empty for a form that serves all of them.
    public let maturity: String
    /// Grows by one each time the questions change.
    public let version: Int
    public let title: String
    /// The form as a file: `questions()` reads it.
    public let definition: String
    /// SHA-256 of the definition, in hexadecimal.
    public let digest: String
    public let createdAt: Instant

    public init(
        id: ID, call: Call.ID, maturity: String, version: Int, title: String, definition: String, digest: String,
        createdAt: Instant
    ) {
        self.id = id
        self.call = call
        self.maturity = maturity
        self.version = version
        self.title = title
        self.definition = definition
        self.digest = digest
        self.createdAt = createdAt
    }
}
