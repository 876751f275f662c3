import Forms

/// A form becoming the form of a call: the next version, and after publication the amendment and the letters.
struct CallFormFiling {
    let proceeding: Proceeding
    let call: Call
    let maturity: String

    /// The form in use is still the one that the working copy was begun from; `Problems` otherwise.
    func requireBase(_ base: CallForm.ID?) throws {
        let present = try CallFormStore.current(of: call.id, proceeding.writer).first { $0.maturity == maturity }
        guard present?.id == base else {
            throw Problems(
                "",
                "Une autre version du dossier a été enregistrée entre-temps. Exportez votre formulaire, abandonnez ce brouillon et "
                    + "repartez de la version en usage.")
        }
    }

    /// Writes the next version.
    func file(_ form: Form, title: String) throws -> CallForm {
        var problems = Problems()
        let title = CallText.line(title, "titre", limit: 200, &problems)
        try problems.throwIfAny()
        let version = try CallFormStore.latestVersion(of: call.id, maturity: maturity, proceeding.writer) + 1
        let text = CallFormDefinition.text(form, version: version)
        let digest = RulesText.fingerprint(text)
        let filed = CallForm(
            id: proceeding.newIdentifier(), call: call.id, maturity: maturity, version: version, title: title,
            definition: text, digest: digest, createdAt: proceeding.now)
        try CallFormStore.insert(filed, by: proceeding.principal.account, proceeding.writer)
        proceeding.about(call.id)
        proceeding.note("form", filed.id.text)
        proceeding.note("digest", digest)
        return filed
    }

    /// Writes the next version of a published call's form, records the amendment, and tells those who answer it (FRM-15).
    func amend(_ form: Form, title: String, reason: String, head: LetterHead) throws -> CallForm {
        var problems = Problems()
        let motive = CallText.long(reason, "motif", limit: 2_000, &problems)
        if motive.isEmpty { problems.add("motif", "Dites pourquoi\u{202F}: le motif est publié avec l’avenant.") }
        try problems.throwIfAny()
        let present = try CallFormStore.current(of: call.id, maturity: maturity, proceeding.writer)
        let former = try present?.questions()
        let changes = former.map { FormDifference.between($0, form) } ?? []
        let isNew = present?.maturity != maturity
        guard isNew || !changes.isEmpty || former?.title != form.title || former?.intro != form.intro else {
            throw Problems("", "Rien ne change dans ce dossier.")
        }
        let drafts = try CandidacyStore.drafts(of: call.id, proceeding.writer)
        let filed = try file(form, title: title)
        let editing = CallEditing(proceeding: proceeding)
        let holders = try tell(drafts, filed, form, motive, head)
        _ = try editing.amend(
            call, replacing: call, reason: motive, changes: Self.words(changes, title: filed.title, isNew: isNew),
            except: holders, head: head)
        return filed
    }

    /// What an amendment of the form says, each change in words; at most eighty, then how many there are more.
    static func words(_ changes: [FormChange], title: String, isNew: Bool) -> [CallChange] {
        let what = "Dossier à remplir"
        var lines: [CallChange] = []
        if isNew { lines.append(CallChange(what, from: "", to: "«\u{202F}\(title)\u{202F}» est un nouveau dossier.")) }
        lines += changes.prefix(80).map { CallChange(what, from: "", to: $0.message) }
        if changes.count > 80 {
            lines.append(CallChange(what, from: "", to: "et \(changes.count - 80) autres changements."))
        }
        if lines.isEmpty { lines.append(CallChange(what, from: "", to: "Le titre ou l’introduction a changé.")) }
        return lines
    }

    /// Tells the lead of each draft that this form now concerns what it changes for them; answers the addresses told.
    private func tell(
        _ drafts: [Candidacy], _ filed: CallForm, _ form: Form, _ motive: String, _ head: LetterHead
    ) throws -> Set<String> {
        let writer = proceeding.writer
        var former: [CallForm.ID: Form] = [:]
        var told: Set<String> = []
        let concerned = try drafts.filter { draft in
            try CallFormStore.current(of: call.id, maturity: draft.maturity, writer)?.id == filed.id
        }
        let accounts = try AccountStore.accounts(Array(Set(concerned.compactMap(\.holder))), writer)
        for draft in concerned {
            guard let address = accounts.first(where: { $0.id == draft.holder })?.email?.text else { continue }
            if former[draft.form] == nil {
                former[draft.form] = try CallFormStore.form(draft.form, writer)?.questions()
            }
            guard let old = former[draft.form] else { continue }
            let result = DraftAdoption(draft.answers, from: old, to: form)
            proceeding.send(head.callFormAmended(address, draft, call, reason: motive, result))
            told.insert(address)
        }
        proceeding.note("drafts", String(concerned.count))
        return told
    }
}
