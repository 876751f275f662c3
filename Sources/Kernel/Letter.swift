/// A message to somebody, as the act that sends it writes it: plain text, in French. It leaves from the outbox after commit.
public struct Letter: Sendable, Equatable {
    public let recipient: String
    public let subject: String
    public let text: String
    /// Holds a link that signs somebody in: the text is erased once sent, and never shown to the operator.
    public let isSecret: Bool

    public init(to recipient: String, subject: String, text: String, isSecret: Bool = false) {
        self.recipient = recipient
        self.subject = subject
        self.text = text
        self.isSecret = isSecret
    }
}
