import Forms
import Storage

/// Moves a draft to the present version of its call's form. Nothing is erased: what no longer suits stays in the answers.
public struct AdoptCallForm: Act {
    public static let right = "La personne qui porte la candidature, quand le dossier de l’appel a changé."

    public let candidacy: Candidacy.ID
    public let shelf: CandidacyFormShelf

    public init(candidacy: Candidacy.ID, shelf: CandidacyFormShelf) {
        self.candidacy = candidacy
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
        guard let old = try CallFormStore.form(former.form, proceeding.writer),
            let new = try CallFormStore.current(of: former.call, maturity: former.maturity, proceeding.writer),
            new.id != old.id
        else { throw Problems("", "Vous êtes déjà dans la version présente du dossier.") }
        let migration = AnswerMigration(
            former.answers, from: try shelf.compiled(old).form, to: try shelf.compiled(new).form)
        var moved = former
        moved.form = new.id
        moved.answers = migration.answers
        let keys = Set(former.answers.keys + moved.answers.keys).filter { former.answers[$0] != moved.answers[$0] }
        _ = try editing.save(moved, replacing: former, section: "", keys: keys.sorted())
        proceeding.note("form", new.id.text)
        return migration.notes
    }
}
