import Maillage

/// The buttons of threads, of both sides of a dossier, which travel with the form of their section: what was typed in it is saved first.
extension CandidacySectionPages {
    static func isAboutRemarks(_ form: Fields) -> Bool {
        form.has(QuestionFoot.add) || form.has(QuestionFoot.resolve)
    }

    /// Takes what was said, every text of the page at once, and goes back to the question.
    ///
    /// Throws `Problems` when a text is refused: the page is then shown again with all of them.
    static func remark(_ visit: Visit, _ side: DossierSide, section: String) async throws -> Answer {
        let (form, id, part) = (visit.form, side.id, side.part?.partner.id)
        var key = form[QuestionFoot.resolve] ?? form[QuestionFoot.add] ?? ""
        let prefix = QuestionFoot.field("")
        var acts = form.all.filter { $0.name.hasPrefix(prefix) && !$0.value.allSatisfy(\.isWhitespace) }.map { field in
            AddCandidacyRemark(
                candidacy: id, part: part, question: String(field.name.dropFirst(prefix.count)), text: field.value,
                shelf: visit.reception.forms)
        }
        if form.has(QuestionFoot.add), acts.isEmpty {
            acts.append(
                AddCandidacyRemark(candidacy: id, part: part, question: key, text: "", shelf: visit.reception.forms))
        }
        if !acts.isEmpty { try await visit.perform(all: acts) }
        if form.has(QuestionFoot.resolve) {
            try await visit.perform(ResolveCandidacyRemarks(candidacy: id, part: part, question: key))
        }
        if key.isEmpty { key = acts.first?.question ?? "" }
        let target = side.section(section) + "#" + QuestionField.anchor(of: key)
        return .done(
            form.has(QuestionFoot.resolve) ? "C’est noté comme résolu." : "Votre commentaire est noté.", to: target)
    }
}
