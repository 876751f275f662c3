import Exchange
import Forms
import HTTPTypes
import Maillage
import Markup

/// `/candidatures/{id}/pieces`: the documents a candidacy is asked for, and those it holds; no script is needed. Those of a partner's
/// part stand at `/candidatures/{id}/parts/{partner}/pieces`.
enum CandidacyFilePages {
    /// Beyond this a body is not even read: a whole candidacy's documents, with what a form adds around them.
    static let bodyLimit = 340 << 20

    static func show(_ visit: Visit) async throws -> Answer {
        page(visit, try await view(visit))
    }

    static func attach(_ visit: Visit) async throws -> Answer {
        guard let upload = visit.upload else { throw Missing() }
        var begun: (view: CandidacyFilesView, asked: Asked, arrival: DocumentArrival)?
        do {
            // Nothing is handed over before the form is found ours; only then is the candidacy looked for.
            try await upload.read { event in
                if begun == nil { begun = try await begin(visit) }
                try await begun?.arrival.take(event)
            }
        } catch {
            await begun?.arrival.discard()
            throw error
        }
        guard let (view, asked, arrival) = begun else { throw Malformed() }
        return try await attach(arrival, to: asked, view, visit)
    }

    /// The question in the address, and what it takes.
    struct Asked {
        let section: String
        let question: Question
        let rules: AttachmentRules
    }

    private static func begin(_ visit: Visit) async throws -> (CandidacyFilesView, Asked, DocumentArrival) {
        let view = try await view(visit)
        let asked = try asked(visit, view.side)
        guard view.side.writes(asked.section) else {
            throw Denied("Cette section se remplit par d’autres personnes\u{202F}: vous pouvez la lire.")
        }
        guard view.side.isEditable else {
            throw Problems("", "La limite est passée et votre dépôt est enregistré\u{202F}: il ne change plus.")
        }
        let held = view.files.reduce(0) { $0 + $1.size }
        return (
            view, asked,
            DocumentArrival(
                AttachmentIntake(vault: visit.reception.photos.vault), accepted: asked.rules.accepted,
                longest: asked.rules.maxBytes, mostFiles: asked.rules.maxCount,
                room: max(0, AttachmentLimits.mostBytes - held))
        )
    }

    private static func asked(_ visit: Visit, _ side: DossierSide) throws -> Asked {
        let key = try visit.parameter("question")
        for section in side.state.compiled.form.sections {
            for question in section.questions where question.key == key {
                guard case .attachment(let rules) = question.kind else { throw Missing() }
                return Asked(section: section.key, question: question, rules: rules)
            }
        }
        throw Missing()
    }

    private static func attach(
        _ arrival: DocumentArrival, to asked: Asked, _ view: CandidacyFilesView, _ visit: Visit
    ) async throws -> Answer {
        var view = view
        let key = asked.question.key
        let fields = arrival.fields
        let replaced = fields.text("remplace").flatMap { CandidacyFile.ID(text: $0) }
        guard fields.text("remplace") == nil || replaced != nil else { throw Missing() }
        for refusal in arrival.refusals { view.problems.add(key, refusal) }
        if !arrival.kept.isEmpty || arrival.refusals.isEmpty {
            do {
                let outcome = try await visit.perform(
                    AttachFiles(
                        candidacy: view.side.id, part: view.side.part?.partner.id, question: key, files: arrival.kept,
                        datedOn: fields.text("date").flatMap { CivilDate(iso: $0) }, replacing: replaced,
                        shelf: visit.reception.forms))
                let words = Self.words(outcome)
                if view.problems.isEmpty {
                    return .done(words, to: view.side.files + "#" + CandidacyFilesView.anchor(of: key))
                }
                let problems = view.problems
                view = try await self.view(visit)
                view.problems = problems
                view.notice = words
            } catch let problems as Problems {
                for problem in problems.list { view.problems.add(problem.field, problem.message) }
            }
        }
        return page(visit, view)
    }

    private static func words(_ outcome: AttachFiles.Outcome) -> String {
        let names = outcome.added.map { AttachmentWords.quoted($0.name) }
        var words: [String] = []
        if names.count == 1 { words.append("\(names[0]) est joint.") }
        if names.count > 1 {
            words.append("\(names.count) documents sont joints\u{202F}: \(names.joined(separator: ", ")).")
        }
        if !outcome.known.isEmpty {
            words.append(
                "\(outcome.known.map(AttachmentWords.quoted).joined(separator: ", ")) "
                    + (outcome.known.count == 1 ? "était déjà joint ici." : "étaient déjà joints ici."))
        }
        return words.joined(separator: " ")
    }

    /// Attaches a document of a safe that the visitor keeps.
    static func reuse(_ visit: Visit) async throws -> Answer {
        var view = try await view(visit)
        let key = try asked(visit, view.side).question.key
        guard let document = visit.form.text("document").flatMap({ SafeDocument.ID(text: $0) }) else { throw Missing() }
        do {
            let outcome = try await visit.perform(
                ReuseSafeDocument(
                    candidacy: view.side.id, part: view.side.part?.partner.id, question: key, document: document,
                    shelf: visit.reception.forms))
            return .done(words(outcome), to: view.side.files + "#" + CandidacyFilesView.anchor(of: key))
        } catch let problems as Problems {
            view.problems = problems
            return page(visit, view)
        }
    }

    static func remove(_ visit: Visit) async throws -> Answer {
        let (id, file) = try names(visit)
        let found = try await own(visit)
        _ = try await visit.perform(RemoveAttachment(candidacy: id, file: file, shelf: visit.reception.forms))
        return .done(
            "\(AttachmentWords.quoted(found.name)) est retiré du brouillon.",
            to: Paths.candidacyFiles(id, of: found.partner) + "#" + CandidacyFilesView.anchor(of: found.question))
    }

    static func rename(_ visit: Visit) async throws -> Answer {
        let (id, file) = try names(visit)
        var view = try await view(visit, of: try await own(visit).partner)
        let field = CandidacyFilesView.nameField(file)
        do {
            let renamed = try await visit.perform(
                RenameAttachment(
                    candidacy: id, file: file, name: visit.form[field] ?? visit.form["nom"] ?? "",
                    shelf: visit.reception.forms))
            return .done(
                "Le document s’appelle désormais \(AttachmentWords.quoted(renamed.name)).",
                to: view.side.files + "#" + CandidacyFilesView.anchor(of: renamed.question))
        } catch let problems as Problems {
            for problem in problems.list { view.problems.add(problem.field == "nom" ? field : "", problem.message) }
            return page(visit, view)
        }
    }

    static func download(_ visit: Visit) async throws -> Answer {
        let file = try await own(visit)
        return try await DocumentDownload.answer(file.digest, file.family, named: file.name, visit)
    }

    /// A document of a deposit, for those who keep the call, once it is open to them.
    static func opened(_ visit: Visit) async throws -> Answer {
        let reading = try await CallReading.kept(visit)
        let (id, file) = try names(visit)
        let (principal, call, now, shelf) = (visit.principal, reading.call, visit.now, visit.reception.forms)
        let isScanned = visit.reception.settings.clamdSocket != nil
        let found = try await visit.read { reader in
            let found = try DepositedFiles.opened(
                try OpenedCandidacy.open(principal, id, in: call, at: now, shelf: shelf, reader), file, reader)
            if isScanned { try FileStates(of: [found.digest], reader).requireClean(found.digest) }
            return found
        }
        return try await DocumentDownload.staff(found, visit)
    }

    private static func names(_ visit: Visit) throws -> (Candidacy.ID, CandidacyFile.ID) {
        (
            try visit.identifier("id", of: Candidacy.ID.self), try visit.identifier("file", of: CandidacyFile.ID.self)
        )
    }

    private static func own(_ visit: Visit) async throws -> CandidacyFile {
        let (id, file) = try names(visit)
        let principal = visit.principal
        return try await visit.read { try DepositedFiles.own(principal, id, file, $0) }
    }

    private static func view(_ visit: Visit) async throws -> CandidacyFilesView {
        try await view(visit, try await DossierSide.find(visit))
    }

    private static func view(_ visit: Visit, of partner: CandidacyPartner.ID?) async throws -> CandidacyFilesView {
        try await view(visit, try await DossierSide.find(visit, of: partner))
    }

    private static func view(_ visit: Visit, _ side: DossierSide) async throws -> CandidacyFilesView {
        let (id, principal) = (side.id, visit.principal)
        let isScanned = visit.reception.settings.clamdSocket != nil
        return try await visit.read { reader in
            let files = try CandidacyFileStore.files(of: id, reader)
            var view = CandidacyFilesView(side: side, files: files, tokens: FormTokens(visit))
            view.safe = try SafeDocumentStore.documents(principal, of: SafeRights.places(principal), reader)
            if isScanned { view.scans = try FileStates(of: files.map(\.digest), reader) }
            return view
        }
    }

    private static func page(_ visit: Visit, _ view: CandidacyFilesView) -> Answer {
        let hasErrors = !view.problems.isEmpty
        var head = view.side.head("Pièces à joindre", hasErrors: hasErrors)
        head.scripts = ["documents.js"]
        return visit.page(head, status: hasErrors ? .unprocessableContent : .ok, view)
    }
}
