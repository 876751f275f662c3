import Storage

extension Schema {
    /// A document asked for after the deposit arrives in several requests too: its upload names what asked for it.
    static let piecesUploads = Migration(
        number: 23,
        name: "pieces_uploads",
        text: """
            ALTER TABLE candidacy_upload ADD COLUMN request_id INTEGER REFERENCES instruction_request (id);
            """)
}
