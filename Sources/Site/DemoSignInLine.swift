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
