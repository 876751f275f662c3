import Storage

extension Schema {
    /// The letter that leaves next is found at once, however many wait: those that sign somebody in come first.
    static let secretLetters = Migration(
        number: 29,
        name: "secret_letters",
        text: """
            CREATE INDEX letter_next ON letter (state, is_secret DESC, due_at, id);
            """)
}
