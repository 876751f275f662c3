import Storage

extension Schema {
    /// Circles are named groups of places, territorial or thematic. Membership is dated.
    static let circles = Migration(
        number: 4,
        name: "circles",
        text: """
            CREATE TABLE circle (
                id INTEGER NOT NULL PRIMARY KEY,
                slug TEXT NOT NULL UNIQUE,
                code TEXT NOT NULL UNIQUE,
                name TEXT NOT NULL,
                kind TEXT NOT NULL CHECK (kind IN ('territorial', 'thematique')),
                summary TEXT NOT NULL,
                rank INTEGER NOT NULL,
                created_at INTEGER NOT NULL
            ) STRICT;
            """)
}
