import Forms
import Storage

/// Says something to the others beside a question. They read it on the page, and by mail at most once an hour (CAND-20).
public struct AddCandidacyRemark: Act {
    public static let right = "La personne qui porte la candidature, et celles qu’elle invite à écrire."

    public let candidacy: Candidacy.ID
    /// The question's key.
    public let question: String
    public let text: String
    public let shelf: CandidacyFormShelf

    public init(candidacy: Candidacy.ID, question: String, text: String, shelf: CandidacyFormShelf) {
        self.candidacy = candidacy
        self.question = question
        self.text = text
        self.shelf = shelf
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try CandidacyEditing(proceeding: proceeding).remarked(candidacy)
    }

    public func perform(_ proceeding: Proceeding) throws -> CandidacyRemark.ID {
        let candidacy = try CandidacyEditing(proceeding: proceeding).remarked(candidacy)
        guard let form = try CallFormStore.form(candidacy.form, proceeding.writer),
            let author = proceeding.principal.account
        else { throw Missing() }
        guard try shelf.compiled(form).form.question(question) != nil else { throw Missing() }
        var problems = Problems()
        let field = "_commentaire.\(question)"
        let words = CallText.long(text, field, limit: CandidacyRemark.longest, &problems)
        if words.isEmpty { problems.add(field, "Écrivez d’abord votre commentaire.") }
        if try CandidacyRemarkStore.count(of: candidacy.id, proceeding.writer) >= CandidacyRemark.most {
            problems.add(
                field, "Cette candidature a déjà \(CandidacyRemark.most) commentaires, c’est le plus possible.")
        }
        try problems.throwIfAny()
        let remark = CandidacyRemark(
            id: proceeding.newIdentifier(), candidacy: candidacy.id, question: question, author: author, text: words,
            at: proceeding.now, resolvedAt: nil, resolvedBy: nil)
        try CandidacyRemarkStore.insert(remark, proceeding.writer)
        proceeding.concerns(candidacy.id)
        proceeding.note("question", question)
        return remark.id
    }
}
