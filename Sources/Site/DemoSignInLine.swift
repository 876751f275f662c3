/// A sign-in of the demonstration, shown on its home page so that anybody may try every role.
public struct DemoSignInLine: Sendable {
    /// What the role is, in French.
    public let label: String
    public let email: String
    public let password: String

    public init(label: String, email: String, password: String) {
        self.label = label
        self.email = email
        self.password = password
    }
}

/// Something the demonstration lets one follow from end to end, shown on its home page.
public struct DemoStoryLine: Sendable {
    public let title: String
    /// What one sees there, in French.
    public let words: String
    /// The sign-in that shows it, and the page it begins at.
    public let email: String
    public let path: String

    public init(title: String, words: String, email: String, path: String) {
        self.title = title
        self.words = words
        self.email = email
        self.path = path
    }
}
