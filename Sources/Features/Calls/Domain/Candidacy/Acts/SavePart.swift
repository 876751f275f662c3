import Exchange
import Forms
import Storage

/// Saves answers of a partner's part, some questions at a time, as `SaveCandidacy` does for the rest. A part that changes after its
/// partner committed itself is to be committed again: nobody is bound by what they have not read (CAND-31).
public struct SavePart: Act {
    public static let right = "Les personnes du partenaire, pour sa part, et elles seules."

    public let candidacy: Candidacy.ID
    public let partner: CandidacyPartner.ID
    /// The version of the part that was shown.
    public let version: Int
    public let section: String
    /// As forms send them: see `FormFields`.
    public let fields: [URLEncodedForm.Field]
    public let shelf: CandidacyFormShelf
    /// As in `SaveCandidacy`: the version at which a question was shown, for those shown later than `version`.
    public let versions: [String: Int]

    public struct Outcome: Sendable {
        public let partner: CandidacyPartner
        public let changed: [String]
        /// Answers too heavy to be kept: the former ones stay.
        public let refused: [AnswerProblem]
        /// The partner was committed, and is to commit itself again.
        public let endsCommitment: Bool
    }

    public init(
        candidacy: Candidacy.ID, partner: CandidacyPartner.ID, version: Int, section: String,
        fields: [URLEncodedForm.Field], shelf: CandidacyFormShelf, versions: [String: Int] = [:]
    ) {
        self.candidacy = candidacy
        self.partner = partner
        self.version = version
        self.section = section
        self.fields = fields
        self.shelf = shelf
        self.versions = versions
    }

    public func authorize(_ proceeding: Proceeding) throws {
        let (_, member, partner) = try PartEditing(proceeding).found(candidacy, partner)
        try PartEditing.requireOwn(member, partner)
    }

    public func perform(_ proceeding: Proceeding) throws -> Outcome {
        let parts = PartEditing(proceeding)
        let (candidacy, _, former) = try parts.found(candidacy, partner)
        proceeding.folds(since: SaveSeal.quarter(of: proceeding.now), over: ["partner", "section", "commitment"])
        try parts.requirePresent(former)
        try parts.editing.requireEditable(candidacy, try parts.editing.call(of: candidacy))
        try SectionWriting.require(version, versions, upTo: former.version)
        let form = try parts.part(candidacy, shelf).form
        guard let asked = form.sections.first(where: { $0.key == section }) else { throw Missing() }
        let writing = try SectionWriting(
            fields, of: asked,
            shown: PartSaveStore.answers(of: former, at: version, versions: versions, proceeding.writer),
            over: former.answers, at: former.version, proceeding.writer)
        guard !writing.changed.isEmpty else {
            proceeding.concerns(candidacy.id)
            proceeding.note("partner", former.id.text)
            proceeding.note("section", section)
            return Outcome(partner: former, changed: [], refused: writing.refused, endsCommitment: false)
        }
        var saved = former
        saved.answers = writing.answers
        guard saved.answers.document().count <= SectionWriting.longest else {
            throw Problems("", "Cette part est trop longue\u{202F}: raccourcissez une réponse.")
        }
        let written = try parts.save(
            saved, replacing: former, of: candidacy, section: section, keys: writing.changed.sorted())
        return Outcome(
            partner: written.partner, changed: writing.changed, refused: writing.refused,
            endsCommitment: former.state == .committed)
    }
}
