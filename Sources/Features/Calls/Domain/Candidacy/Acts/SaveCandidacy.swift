import Exchange
import Forms
import Storage

/// Saves answers of a draft, some questions at a time. Two people who write different questions never meet; on the same
/// question, the second is shown both texts (CAND-5). Answers to hidden questions are kept.
public struct SaveCandidacy: Act {
    public static let right =
        "La personne qui porte la candidature, et celles qu’elle invite à écrire, dans leurs sections."

    public let candidacy: Candidacy.ID
    /// The version that was shown.
    public let version: Int
    /// The section the fields belong to.
    public let section: String
    /// As forms send them: see `FormFields`.
    public let fields: [URLEncodedForm.Field]
    public let shelf: CandidacyFormShelf
    /// The version at which a question was shown, for those shown later than `version`: a page that saves by itself shows each
    /// at its own.
    public let versions: [String: Int]

    public struct Outcome: Sendable {
        public let candidacy: Candidacy
        public let changed: [String]
        /// Answers too heavy to be kept: the former ones stay.
        public let refused: [AnswerProblem]
    }

    public init(
        candidacy: Candidacy.ID, version: Int, section: String, fields: [URLEncodedForm.Field],
        shelf: CandidacyFormShelf, versions: [String: Int] = [:]
    ) {
        self.candidacy = candidacy
        self.version = version
        self.section = section
        self.fields = fields
        self.shelf = shelf
        self.versions = versions
    }

    public func authorize(_ proceeding: Proceeding) throws {
        let (candidacy, member) = try CandidacyEditing(proceeding: proceeding).found(candidacy)
        guard CandidacyRights.mayWrite(proceeding.principal, candidacy, member: member, section: section) else {
            throw Denied("Cette section se remplit par d’autres personnes\u{202F}: vous pouvez la lire.")
        }
    }

    public func perform(_ proceeding: Proceeding) throws -> Outcome {
        let editing = CandidacyEditing(proceeding: proceeding)
        let (former, _) = try editing.found(candidacy)
        // JRN-1: a page saves by itself; each save is kept, and the journal says one in a quarter of an hour.
        proceeding.folds(since: SaveSeal.quarter(of: proceeding.now), over: ["section"])
        try editing.requireEditable(former, try editing.call(of: former))
        try SectionWriting.require(version, versions, upTo: former.version)
        guard let kept = try CallFormStore.form(former.form, proceeding.writer) else { throw Missing() }
        let form = try shelf.compiled(kept).form
        // What the partners answer is read here, and written in each part.
        let isGathered = try section == Form.partners && shelf.part(kept) != nil
        guard !isGathered, let part = form.sections.first(where: { $0.key == section }) else { throw Missing() }
        let writing = try SectionWriting(
            fields, of: part,
            shown: CandidacySaveStore.answers(of: former, at: version, versions: versions, proceeding.writer),
            over: former.answers, at: former.version, proceeding.writer)
        guard !writing.changed.isEmpty else {
            proceeding.concerns(former.id)
            proceeding.note("section", section)
            return Outcome(candidacy: former, changed: [], refused: writing.refused)
        }
        var saved = former
        saved.answers = writing.answers
        guard saved.answers.document().count <= SectionWriting.longest else {
            throw Problems(
                "",
                "Votre dossier dépasse \(SectionWriting.longest / 1_000_000)\u{A0}Mo de texte\u{202F}: raccourcissez une réponse."
            )
        }
        let written = try editing.save(saved, replacing: former, section: section, keys: writing.changed.sorted())
        return Outcome(candidacy: written, changed: writing.changed, refused: writing.refused)
    }
}
