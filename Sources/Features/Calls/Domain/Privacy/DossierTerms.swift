import Storage

/// How long dossiers are kept (PRIV-3): a draft, some months after its call has closed or after the last time somebody wrote in it; what was
/// deposited, as long as the law on archives says.
enum DossierTerms {
    /// Why what was deposited, and all that was said of it, is not erased by this program.
    static let why =
        "dossier déposé\u{202F}: archive publique, jamais détruite sans le visa du service d’archives (code du "
        + "patrimoine, L.\u{A0}212-2)"

    static let draft = DataDeclaration.Delay.months(3)
    /// How long before it is erased the lead of a draft is told.
    static let notice = Instant.Span.days(30)

    static let isDraft: SQL = "candidacy.state = 'brouillon' AND candidacy.deposited_version = 0"

    /// The end of the last period of its call, or the last writing when it came later.
    static let closing: SQL = """
        (SELECT CASE
                WHEN MAX(call_wave.closes_at) > candidacy.updated_at THEN MAX(call_wave.closes_at)
                ELSE candidacy.updated_at
            END
            FROM call_wave
            WHERE call_wave.call_id = candidacy.call_id)
        """

    static let drafts = DataDeclaration.Term.erased(
        after: draft,
        since: DataDeclaration.Since(
            closing,
            "la fin de l’appel, pour un brouillon jamais déposé\u{202F}; un dossier déposé est gardé\u{202F}: " + why,
            when: isDraft))
}
