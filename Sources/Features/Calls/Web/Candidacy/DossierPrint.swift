import Forms
import Maillage
import Markup

/// A whole dossier on paper: each section, question and answer, its tables, its documents with their digests, and what its deposit
/// says of itself.
struct DossierPrint: View {
    var call: Call
    var candidacy: Candidacy
    var deposit: CandidacyDeposit
    var depositor: String
    /// Nil for what came on paper.
    var state: FormState?
    var dossier: DepositedDossier?
    /// When something was added after the deposit, and the documents that came then.
    var additions: [Instant] = []
    var addedFiles: [CandidacyFile] = []

    func document(network: String) -> PrintedDocument {
        PrintedDocument(
            "Dossier n° \(deposit.number), \(candidacy.name)",
            footer: "\(network), \(Format.excerpt(call.title, limit: 60)), dossier n°\u{A0}\(deposit.number)"
        ) { html in
            html.raw("<style>h3{margin:4mm 0 1mm}p{margin:0 0 1.5mm}table{margin:0 0 3mm}td,th{font-size:9pt}</style>")
            html.add(self)
        }
    }

    var fileName: String { "dossier-\(call.slug)-\(deposit.number).pdf" }

    func render(into html: inout HTML) {
        html.h1(candidacy.name)
        html.p(call.title, .class("lead"))
        html.add(
            DefinitionList([
                .init("Récépissé", "n°\u{A0}\(deposit.number)"),
                .init("Arrivée", Receipt.words(of: deposit.arrival, .paris)), .init("Délai", deposit.verdict.label),
                .init("Projet", candidacy.title), .init("Structure", candidacy.structure),
                .init("SIRET", candidacy.siret), .init("Déposée par", depositor),
                .init("Version déposée", String(deposit.version)),
                .init("Empreinte (SHA-256)") { $0.code(deposit.digest) },
            ]))
        if let last = additions.last {
            html.p(
                "Les réponses tiennent compte de ce que le candidat a complété après son dépôt, en dernier le "
                    + "\(Format.moment(last)). L’empreinte et le récépissé sont ceux du dépôt.")
        }
        if let state {
            html.add(PrintedAnswers(state: state) { dossier?.figures(of: $0) ?? [] })
            for (index, part) in (dossier?.parts ?? []).enumerated() {
                html.section { html in
                    html.h2("\(part.partner.name), \(part.partner.state.label)")
                    html.add(PrintedAnswers(state: part.state, part: index + 1))
                }
            }
            if let dossier { html.add(EligibilityVerdicts(verdicts: dossier.eligibility)) }
        } else {
            html.p("Cette candidature est venue sur papier ou par courriel\u{202F}: l’original est au service.")
        }
        renderFiles(into: &html)
    }

    private func renderFiles(into html: inout HTML) {
        html.section { html in
            html.h2("Documents joints")
            if deposit.files.isEmpty, addedFiles.isEmpty { html.p("Aucun document n’est joint.") }
            renderFiles("Joints au dépôt", deposit.files.map { ($0.name, $0.size, $0.fingerprint.text) }, into: &html)
            renderFiles(
                "Arrivés après le dépôt", addedFiles.map { ($0.name, $0.size, $0.digest.text) }, into: &html)
        }
    }

    private func renderFiles(
        _ caption: String, _ files: [(name: String, size: Int, digest: String)], into html: inout HTML
    ) {
        guard !files.isEmpty else { return }
        html.table { html in
            html.caption(caption)
            html.thead { html in
                html.tr { html in
                    html.th("Document", .scope("col"))
                    html.th("Taille", .scope("col"))
                    html.th("Empreinte (SHA-256)", .scope("col"))
                }
            }
            html.tbody { html in
                for file in files {
                    html.tr { html in
                        html.th(file.name, .scope("row"))
                        html.td(Format.fileSize(bytes: file.size))
                        html.td { $0.code(file.digest) }
                    }
                }
            }
        }
    }
}

/// The answers of a form on paper: every question under its section, rows as tables.
struct PrintedAnswers: View {
    var state: FormState
    /// Which part of a consortium, from one, under the title of its partner; nil for the dossier itself.
    var part: Int?
    /// Where the total of a computed question comes from.
    var figures: (Question) -> [PartFigure] = { _ in [] }

    func render(into html: inout HTML) {
        for section in state.compiled.form.sections where state.isSectionShown(section.key) {
            html.section { html in
                if part == nil { html.h2(section.title) } else { html.h3(section.title) }
                for question in section.questions where state.isShown(question.key) {
                    if part == nil {
                        html.h3(Format.typography(question.label), .id(titleID(of: question)))
                    } else {
                        html.p { $0.strong(Format.typography(question.label), .id(titleID(of: question))) }
                    }
                    renderAnswer(to: question, into: &html)
                }
            }
        }
    }

    /// Of the title of a question, which names the table of its rows.
    private func titleID(of question: Question) -> String {
        (part.map { "partie-\($0)-" } ?? "") + "reponse-\(question.key)"
    }

    private func renderAnswer(to question: Question, into html: inout HTML) {
        let value = state.answers[question.key]
        if question.kind.isComputed {
            let sources = figures(question)
            if sources.isEmpty {
                html.p(CandidacyAnswers.computed(question, state) ?? "—")
            } else {
                html.add(PartSources(question: question, state: state, figures: sources))
            }
        } else if case .rows(let rows) = value, !question.kind.columns.isEmpty, value?.isEmpty == false {
            renderRows(rows, of: question, into: &html)
        } else if case .files(let files) = value, !files.isEmpty {
            html.add(AnswerFiles(files: files))
        } else if let text = AnswerText.text(of: question, value) {
            html.paragraphs(text)
        } else {
            html.p("sans réponse", .class("muted"))
        }
    }

    private func renderRows(_ rows: [AnswerRow], of question: Question, into html: inout HTML) {
        let titles = question.kind.fixedRows
        html.table(.aria("labelledby", titleID(of: question))) { html in
            html.thead { html in
                html.tr { html in
                    html.th(titles == nil ? "N°" : "Ligne", .scope("col"))
                    for column in question.kind.columns { html.th(Format.typography(column.label), .scope("col")) }
                }
            }
            html.tbody { html in
                for (index, row) in rows.enumerated() {
                    html.tr { html in
                        html.th(
                            titles.map { $0.first { $0.key == row.key }?.label ?? row.key } ?? String(index + 1),
                            .scope("row"))
                        for column in question.kind.columns {
                            html.td(cell(column, row, of: question))
                        }
                    }
                }
            }
        }
        if case .table(let layout) = question.kind, !layout.totals.isEmpty {
            html.p { html in
                for key in layout.totals {
                    guard let column = layout.columns.first(where: { $0.key == key }),
                        let total = state.total(question.key, key)
                    else { continue }
                    html.strong("Total, \(Format.typography(column.label))\u{202F}: \(written(total, column)). ")
                }
            }
        }
    }

    private func cell(_ column: Question, _ row: AnswerRow, of question: Question) -> String {
        if column.kind.isComputed {
            return state.number(question.key, row: row.key, column: column.key).map { written($0, column) } ?? "—"
        }
        return AnswerText.text(of: column, row.cells[column.key]) ?? ""
    }

    private func written(_ number: ExactNumber, _ column: Question) -> String {
        switch column.kind {
        case .computed(_, let unit): CandidacyAnswers.written(number, unit)
        case .money: CandidacyAnswers.written(number, .money)
        default: CandidacyAnswers.written(number, .number)
        }
    }
}
