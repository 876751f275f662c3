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
        try moveParts(of: former, from: old, to: new, proceeding)
        proceeding.note("form", new.id.text)
        return migration.notes
    }

    /// Each partner's part is moved too, those who left included. A commitment stands for what was written: it ends when answers
    /// change.
    private func moveParts(of candidacy: Candidacy, from old: CallForm, to new: CallForm, _ proceeding: Proceeding)
        throws
    {
        guard let before = try shelf.part(old)?.form, let after = try shelf.part(new)?.form, before != after else {
            return
        }
        for partner in try CandidacyPartnerStore.partners(of: candidacy.id, proceeding.writer) {
            let answers = AnswerMigration(partner.answers, from: before, to: after).answers
            guard answers != partner.answers else { continue }
            var moved = partner
            moved.answers = answers
            moved.version += 1
            if moved.state == .committed {
                moved.state = .answering
                moved.committedAt = nil
                moved.committedBy = nil
            }
            let keys = Set(answers.keys + partner.answers.keys).filter { answers[$0] != partner.answers[$0] }
            var held = Answers()
            for key in keys { held[key] = partner.answers[key] }
            try CandidacyPartnerStore.update(moved, at: partner.version, proceeding.writer)
            let seal = try PartSaveStore.insert(
                PartSave(
                    partner: partner.id, version: moved.version, section: "", at: proceeding.now,
                    account: proceeding.principal.account, keys: keys.sorted(), former: held), proceeding.writer)
            proceeding.note("seal", seal)
        }
    }
}
