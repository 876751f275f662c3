/// What Places keeps, table by table (PRIV-1).
public enum PlaceData {
    public static let declarations = [
        placeTable, placeSiteTable, placeSlugTable, placeCircleTable, placeChangeTable, placeProposalTable,
        placePhotoTable, placePhotoSizeTable, importSourceTable, importKeyTable, disappearanceDecisionTable,
    ]

    private static let placeTable = DataDeclaration(
        "place", .directory, "Les fiches des lieux, avec les contacts que le lieu choisit d’y mettre.",
        of: [.contacts],
        naming: ["facts", "origins"],
        other: ["slug", "name", "state", "visibility", "maturity", "siret", "rna"],
        term: .kept("fiche publique, tenue par le lieu lui-même, corrigée ou dépubliée à sa demande"),
        closing: .kept("la fiche est celle du lieu\u{202F}: ses contacts sont changés par qui la tient"),
        export: .absent("la fiche appartient au lieu, et se lit en ligne"))

    private static let placeSiteTable = DataDeclaration(
        "place_site", .directory, "Les adresses des lieux.",
        of: [.contacts],
        naming: ["address", "complement"],
        other: ["label", "postal_code", "commune", "commune_name", "precision"],
        term: .with("place"),
        closing: .kept("l’adresse est celle du lieu"),
        export: .absent("la fiche appartient au lieu, et se lit en ligne"))

    private static let placeSlugTable = DataDeclaration(
        "place_slug", .directory, "Les anciennes adresses web des fiches.",
        other: ["slug"])

    private static let placeCircleTable = DataDeclaration(
        "place_circle", .directory, "Les cercles de chaque lieu.",
        other: [])

    private static let placeChangeTable = DataDeclaration(
        "place_change", .directory, "L’histoire de chaque fiche\u{202F}: ce qui a changé, quand, par qui.",
        of: [.members, .contacts],
        naming: ["comment", "fields", "actor"],
        other: ["source", "kind"],
        term: .kept("origine de chaque information, et retour en arrière possible"),
        closing: .kept("ce que la fiche du lieu a dit\u{202F}; l’auteur devient «\u{A0}Ancien membre\u{A0}»"),
        export: .under("acts"))

    private static let placeProposalTable = DataDeclaration(
        "place_proposal", .directory, "Les corrections proposées, avec l’adresse de qui propose.",
        of: [.visitors],
        naming: ["fields", "comment", "author", "secret_hash", "reason", "decided_by"],
        other: ["kind", "source", "state"],
        term: .unnamed(
            after: .months(12),
            since: DataDeclaration.Since(
                "COALESCE(decided_at, created_at)", "la réponse à la proposition", when: "author <> ''")),
        closing: .unnamed, export: .under("proposals"))

    private static let placePhotoTable = DataDeclaration(
        "place_photo", .directory, "Les photos des lieux, leur auteur et leur licence.",
        of: [.contacts],
        naming: ["alternative", "credit", "added_by"],
        other: ["licence"],
        term: .kept("photo publiée avec l’accord de son auteur, retirée à sa demande"),
        closing: .kept("crédit choisi par l’auteur de la photo\u{202F}; demandez le retrait de la photo"),
        export: .under("acts"))

    private static let placePhotoSizeTable = DataDeclaration(
        "place_photo_size", .directory, "Les fichiers des photos.",
        other: ["file"])

    private static let importSourceTable = DataDeclaration(
        "import_source", .directory, "Les listes publiques reprises.",
        other: ["name", "format", "last_file"])

    private static let importKeyTable = DataDeclaration(
        "import_key", .directory, "Ce qui relie un lieu à sa ligne d’une liste publique.",
        other: ["source", "source_key", "fingerprint", "digest", "dated_on"])

    private static let disappearanceDecisionTable = DataDeclaration(
        "disappearance_decision", .directory, "Ce qui a été décidé d’un lieu disparu d’une liste.",
        of: [.members],
        naming: ["decided_by", "undone_by"],
        other: ["source", "choice"],
        term: .with("place"),
        closing: .unnamed, export: .under("acts"))
}
