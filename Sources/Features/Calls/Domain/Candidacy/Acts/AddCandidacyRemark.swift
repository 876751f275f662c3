import Forms
import Storage

/// Says something to the others beside a question, of the lead's side or of a partner's part. They read it on the page, and by mail at
/// most once an hour (CAND-20).
public struct AddCandidacyRemark: Act {
    public static let right =
        "La personne qui porte la candidature, et celles qu’elle invite à écrire\u{202F}; dans une part, les personnes du partenaire "
        + "et celle qui porte la candidature."

    public let candidacy: Candidacy.ID
    /// The partner whose part asks the question; nil for a question of the lead's.
    public let part: CandidacyPartner.ID?
    /// The question's key.
    public let question: String
    public let text: String
    public let shelf: CandidacyFormShelf

    public init(
        candidacy: Candidacy.ID, part: CandidacyPartner.ID? = nil, question: String, text: String,
        shelf: CandidacyFormShelf
    ) {
        self.candidacy = candidacy
        self.part = part
        self.question = question
        self.text = text
        self.shelf = shelf
    }

    public func authorize(_ proceeding: Proceeding) throws {
        try SideEditing(proceeding, candidacy, part: part).requireSpeaker()
    }

    public func perform(_ proceeding: Proceeding) throws -> CandidacyRemark.ID {
        let side = try SideEditing(proceeding, candidacy, part: part)
        guard let author = proceeding.principal.account else { throw Missing() }
        _ = try side.section(of: question, shelf)
        try side.requirePresent()
        var problems = Problems()
        let field = "_commentaire.\(question)"
        let words = CallText.long(text, field, limit: CandidacyRemark.longest, &problems)
        if words.isEmpty { problems.add(field, "Écrivez d’abord votre commentaire.") }
        if try CandidacyRemarkStore.count(of: candidacy, part: part, proceeding.writer) >= CandidacyRemark.most {
            let what = part == nil ? "Cette candidature" : "Cette part"
            problems.add(field, "\(what) a déjà \(CandidacyRemark.most) commentaires, c’est le plus possible.")
        }
        try problems.throwIfAny()
        let remark = CandidacyRemark(
            id: proceeding.newIdentifier(), candidacy: candidacy, partner: part, question: question, author: author,
            text: words, at: proceeding.now, resolvedAt: nil, resolvedBy: nil)
        try CandidacyRemarkStore.insert(remark, proceeding.writer)
        side.note()
        proceeding.note("question", question)
        return remark.id
    }
}
