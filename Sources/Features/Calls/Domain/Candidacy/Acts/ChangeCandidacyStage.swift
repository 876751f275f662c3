import Forms
import Storage

/// Says that the project has come to another stage: the draft goes on in the form of that stage, with all that was answered
/// (CAND-25).
public struct ChangeCandidacyStage: Act {
    public static let right = "La personne qui porte la candidature."

    public let candidacy: Candidacy.ID
    /// A code of `ReferenceList.maturities`, for which the call has a form.
    public let maturity: String
    public let shelf: CandidacyFormShelf

    public init(candidacy: Candidacy.ID, maturity: String, shelf: CandidacyFormShelf) {
        self.candidacy = candidacy
        self.maturity = maturity
        self.shelf = shelf
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try CandidacyEditing(proceeding: proceeding).led(candidacy)
    }

    /// Answers what the change means for the draft, question by question.
    public func perform(_ proceeding: Proceeding) throws -> [AnswerMigration.Note] {
        let editing = CandidacyEditing(proceeding: proceeding)
        let former = try editing.led(candidacy)
        try editing.requireEditable(former, try editing.call(of: former))
        guard maturity != former.maturity else { throw Problems("etape", "C’est déjà l’étape de votre projet.") }
        guard let old = try CallFormStore.form(former.form, proceeding.writer) else { throw Missing() }
        guard !maturity.isEmpty, !former.maturity.isEmpty,
            let new = try CallFormStore.current(of: former.call, maturity: maturity, proceeding.writer),
            new.maturity == maturity
        else { throw Problems("etape", "Cet appel n’a pas de dossier pour cette étape.") }
        let migration = AnswerMigration(
            former.answers, from: try shelf.compiled(old).form, to: try shelf.compiled(new).form)
        var moved = former
        moved.form = new.id
        moved.maturity = maturity
        moved.answers = migration.answers
        let keys = Set(former.answers.keys + moved.answers.keys).filter { former.answers[$0] != moved.answers[$0] }
        _ = try editing.save(moved, replacing: former, section: "", keys: keys.sorted())
        proceeding.note("maturity", maturity)
        return migration.notes
    }
}
