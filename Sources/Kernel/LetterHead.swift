/// What every letter of the network begins and ends with: its name, its address on the web, whom to write to.
public struct LetterHead: Sendable, Equatable {
    public let networkName: String
    /// Without a final slash.
    public let baseURL: String
    public let contactEmail: String

    public init(networkName: String, baseURL: String, contactEmail: String) {
        self.networkName = networkName
        self.baseURL = baseURL
        self.contactEmail = contactEmail
    }

    public init(_ settings: Settings) {
        self.init(
            networkName: settings.networkName, baseURL: settings.baseURL, contactEmail: settings.contactEmail)
    }

    /// The full address of a page; `path` begins with a slash.
    public func address(_ path: String) -> String {
        baseURL + path
    }

    /// A letter of plain paragraphs, greeted and signed.
    public func letter(
        to recipient: String, subject: String, _ paragraphs: [String], isSecret: Bool = false
    ) -> Letter {
        let signature = "\(networkName)\n\(baseURL)\nNous écrire\u{202F}: \(contactEmail)"
        let text = (["Bonjour,"] + paragraphs + ["-- \n" + signature]).joined(separator: "\n\n") + "\n"
        return Letter(to: recipient, subject: subject, text: text, isSecret: isSecret)
    }
}
