import Storage

extension Schema {
    /// What the coordination decided of places that a source no longer gives. Decisions are undone, never erased.
    static let disappearances = Migration(
        number: 6,
        name: "disappearances",
        text: """
            CREATE TABLE disappearance_decision (
                id INTEGER NOT NULL PRIMARY KEY,
                place_id INTEGER NOT NULL REFERENCES place (id),
                source TEXT NOT NULL REFERENCES import_source (name),
                choice TEXT NOT NULL CHECK (choice IN ('gardee', 'demandee', 'fermee')),
                change_id INTEGER REFERENCES place_change (id),
                decided_at INTEGER NOT NULL,
                decided_by INTEGER,
                undone_at INTEGER,
                undone_by INTEGER,
                CHECK ((choice = 'fermee') = (change_id IS NOT NULL))
            ) STRICT;

            CREATE INDEX disappearance_decision_place ON disappearance_decision (place_id, source);
            CREATE INDEX disappearance_decision_decided ON disappearance_decision (decided_at);
            """)
}
