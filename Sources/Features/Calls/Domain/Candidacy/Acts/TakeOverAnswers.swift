import Forms
import Storage

/// Takes answers of an earlier candidacy over into this one, question by question. Files and sworn statements are never taken: they
/// are given anew (CAND-24).
public struct TakeOverAnswers: Act {
    public static let right =
        "Une personne qui écrit la candidature, dans ses sections, depuis une candidature où elle participe."

    public let candidacy: Candidacy.ID
    public let version: Int
    /// Where the answers come from.
    public let earlier: Candidacy.ID
    /// The questions of this candidacy to fill.
    public let keys: [String]
    public let shelf: CandidacyFormShelf

    public init(
        candidacy: Candidacy.ID, version: Int, earlier: Candidacy.ID, keys: [String], shelf: CandidacyFormShelf
    ) {
        self.candidacy = candidacy
        self.version = version
        self.earlier = earlier
        self.keys = keys
        self.shelf = shelf
    }

    public func authorize(_ proceeding: Proceeding) throws {
        let editing = CandidacyEditing(proceeding: proceeding)
        let (candidacy, member) = try editing.found(candidacy)
        _ = try editing.found(earlier)
        for section in try sections(of: candidacy, proceeding.writer) {
            guard CandidacyRights.mayWrite(proceeding.principal, candidacy, member: member, section: section) else {
                throw Denied("Une de ces sections se remplit par d’autres personnes\u{202F}: vous pouvez la lire.")
            }
        }
    }

    /// Answers the keys that changed.
    public func perform(_ proceeding: Proceeding) throws -> [String] {
        let editing = CandidacyEditing(proceeding: proceeding)
        let (former, _) = try editing.found(candidacy)
        let (source, _) = try editing.found(earlier)
        try editing.requireEditable(former, try editing.call(of: former))
        guard version == former.version else { throw Conflict(current: former.version) }
        guard !keys.isEmpty else { throw Problems("", "Cochez les réponses à reprendre.") }
        let offer = try AnswerOffer.of(source, for: former, shelf: shelf, proceeding.writer)
        var filled = former
        for key in keys { if let value = offer.values[key] { filled.answers[key] = value } }
        let changed = keys.filter { filled.answers[$0] != former.answers[$0] }.sorted()
        proceeding.note("from", earlier.text)
        guard !changed.isEmpty else {
            proceeding.concerns(former.id)
            return []
        }
        _ = try editing.save(filled, replacing: former, section: "", keys: changed)
        return changed
    }

    private func sections(of candidacy: Candidacy, _ reader: Reader) throws -> Set<String> {
        guard let form = try CallFormStore.form(candidacy.form, reader) else { throw Missing() }
        let sections = try shelf.compiled(form).form.sections
        return Set(
            try keys.map { key in
                guard let section = sections.first(where: { $0.questions.contains { $0.key == key } }) else {
                    throw Missing()
                }
                return section.key
            })
    }
}
