import Storage

extension Schema {
    static let territory = Migration(
        number: 3,
        name: "territory",
        text: """
            """)
}
