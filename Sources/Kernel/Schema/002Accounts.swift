import Storage

extension Schema {
    static let accounts = Migration(
        number: 2,
        name: "accounts",
        text: """
            """)
}
