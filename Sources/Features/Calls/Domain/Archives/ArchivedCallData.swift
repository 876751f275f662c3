/// What archives of calls that were read back keep, table by table (PRIV-1).
public enum ArchivedCallData {
    public static let declarations = [archivedCallTable, archivedDossierTable, archivedFileTable]

    private static let archivedCallTable = DataDeclaration(
        "archived_call", .candidacies, "Les archives d’appels relues d’un autre réseau.",
        of: [.agents],
        naming: ["organiser"],
        other: ["slug", "title", "network", "address", "digest"],
        term: .kept("archive d’un appel clos, gardée pour être consultée"),
        closing: .kept(DossierTerms.why),
        export: .absent("l’archive vient d’un autre réseau\u{202F}: elle se demande à lui"))

    private static let archivedDossierTable = DataDeclaration(
        "archived_dossier", .candidacies, "Les dossiers de ces archives.",
        of: [.candidates],
        naming: ["name", "structure", "depositor"],
        other: ["candidacy", "channel", "state", "state_label"],
        term: .with("archived_call"),
        closing: .kept(DossierTerms.why),
        export: .absent("l’archive vient d’un autre réseau\u{202F}: elle se demande à lui"))

    private static let archivedFileTable = DataDeclaration(
        "archived_file", .candidacies, "Les documents de ces archives.",
        of: [.candidates],
        naming: ["name", "path"],
        other: ["kind", "question", "digest", "absence"],
        term: .with("archived_call"),
        closing: .kept(DossierTerms.why),
        export: .absent("l’archive vient d’un autre réseau\u{202F}: elle se demande à lui"))
}
