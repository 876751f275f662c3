/// What Territory keeps, table by table (PRIV-1).
public enum TerritoryData {
    public static let declarations = [
        regionTable, departementTable, epciTable, communeTable, communeFormerTable, communePostalCodeTable,
        zoningTable, zoningCommuneTable, contourTable, territoryFileTable,
    ]

    private static let regionTable = DataDeclaration(
        "region", .directory, "Les régions.",
        other: ["code", "name"])

    private static let departementTable = DataDeclaration(
        "departement", .directory, "Les départements.",
        other: ["code", "name", "region"])

    private static let epciTable = DataDeclaration(
        "epci", .directory, "Les intercommunalités.",
        other: ["siren", "name", "nature"])

    private static let communeTable = DataDeclaration(
        "commune", .directory, "Les communes.",
        other: ["code", "name", "name_key", "departement", "region", "epci", "part_of", "retired_on"])

    private static let communeFormerTable = DataDeclaration(
        "commune_former", .directory, "Les anciennes communes.",
        other: ["code", "name", "name_key", "successor", "until"])

    private static let communePostalCodeTable = DataDeclaration(
        "commune_postal_code", .directory, "Les codes postaux.",
        other: ["postal_code", "commune"])

    private static let zoningTable = DataDeclaration(
        "zoning", .directory, "Les zonages officiels.",
        other: ["kind", "code", "name", "starts_on", "ends_on", "edition", "note"])

    private static let zoningCommuneTable = DataDeclaration(
        "zoning_commune", .directory, "Les communes des zonages.",
        other: ["kind", "code", "edition", "commune", "method"])

    private static let contourTable = DataDeclaration(
        "contour", .directory, "Les contours des cartes.",
        other: ["kind", "code", "name", "fine", "coarse", "edition"])

    private static let territoryFileTable = DataDeclaration(
        "territory_file", .directory, "Les fichiers officiels lus.",
        other: ["name", "kind", "digest"])
}
