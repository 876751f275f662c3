import Storage

extension Schema {
    /// The signed head of each night over the receipts issued since the one before, and the place of each receipt under its head.
    /// Rows are added and read, never changed: a head that was published stands for ever.
    static let receiptHeads = Migration(
        number: 11,
        name: "receipt heads",
        text: """
            CREATE TABLE receipt_head (
                number INTEGER NOT NULL PRIMARY KEY CHECK (number > 0),
                closed_day TEXT NOT NULL UNIQUE CHECK (LENGTH(closed_day) = 10),
                content TEXT NOT NULL CHECK (content <> ''),
                fingerprint TEXT NOT NULL UNIQUE CHECK (LENGTH(fingerprint) = 64),
                issued_at INTEGER NOT NULL
            ) STRICT;

            CREATE TABLE receipt_head_leaf (
                receipt_id INTEGER NOT NULL PRIMARY KEY REFERENCES receipt (id),
                head_number INTEGER NOT NULL REFERENCES receipt_head (number),
                place INTEGER NOT NULL CHECK (place >= 0),
                leaf TEXT NOT NULL CHECK (LENGTH(leaf) = 64),
                UNIQUE (head_number, place)
            ) STRICT;
            """)
}
