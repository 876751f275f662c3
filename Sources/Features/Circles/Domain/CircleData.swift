/// What Circles keeps, table by table (PRIV-1).
public enum CircleData {
    public static let declarations = [
        circleTable
    ]

    private static let circleTable = DataDeclaration(
        "circle", .directory, "Les cercles du réseau.",
        other: ["slug", "code", "name", "kind", "summary"])
}
