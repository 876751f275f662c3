import Storage

extension Schema {
    /// A board of tens of thousands is searched by words without reading the rest of each dossier, and narrowed to a territory in
    /// its own order.
    static let boardIndexes = Migration(
        number: 24,
        name: "board_indexes",
        text: """
            CREATE INDEX instruction_words ON instruction (words, candidacy_id);
            CREATE INDEX instruction_territory ON instruction (departement, call_id DESC, number, state);
            DROP INDEX instruction_departement;
            """)
}
