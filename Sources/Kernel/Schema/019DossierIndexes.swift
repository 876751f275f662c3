import Storage

extension Schema {
    /// What stands beside a dossier is found by structure, place and SIRET among all that the network ever received; and a board of
    /// tens of thousands is filtered by territory and state without reading the rest.
    static let dossierIndexes = Migration(
        number: 19,
        name: "dossier_indexes",
        text: """
            CREATE INDEX candidacy_siret ON candidacy (siret) WHERE siret <> '';
            CREATE INDEX candidacy_structure ON candidacy (structure) WHERE structure <> '';
            CREATE INDEX candidacy_of_place ON candidacy (place_id) WHERE place_id IS NOT NULL;
            CREATE INDEX funding_line_siret ON funding_line (siret) WHERE siret <> '';
            """)
}
