import Exchange
import Maillage
import Markup

/// The safe of a structure: what is in it, what is past its date, and the form that adds a document.
struct SafeView: View {
    var reading: PlaceReading
    var documents: [SafeDocument]
    var today: CivilDate
    var form = Fields()
    var problems = Problems()
    /// The document whose form is shown open.
    var opened: SafeDocument.ID?
    var tokens = FormTokens.sample

    /// What follows the names of the fields of one document's form.
    static func suffix(_ id: SafeDocument.ID) -> String { "-" + id.text }

    func render(into html: inout HTML) {
        let structure = reading.place.sheet.text(.structure)
        html.h1("Coffre à documents")
        html.p(structure.isEmpty ? reading.name : "\(structure), qui porte \(reading.name)", .class("lead"))
        html.p(
            "Les pièces que tous les appels demandent, déposées une fois, jointes d’un geste à chaque candidature. Seules les "
                + "personnes qui répondent du lieu les voient\u{202F}: ni la coordination, ni les financeurs.")
        html.add(ErrorSummary(problems, reassurance: "Ce qui est au coffre y est toujours."))
        if documents.isEmpty {
            html.add(
                EmptyState(
                    "Le coffre est vide",
                    "Commencez par les statuts et le RIB\u{202F}: presque tous les appels les demandent."))
        } else {
            renderList(into: &html)
        }
        html.section { html in
            html.h2("Ajouter un document")
            renderForm(into: &html)
        }
        html.p(.class("actions")) { $0.a("Retour à la fiche", .href(Paths.place(reading.slug))) }
    }

    private func renderList(into html: inout HTML) {
        let expired = documents.count { $0.isExpired(on: today) }
        if expired > 0 {
            html.p(.class("row")) { html in
                html.add(Badge("à mettre à jour", .warn))
                html.text(
                    expired == 1
                        ? " Un document n’est plus valable."
                        : " \(Format.count(expired, "document", "documents")) ne sont plus valables.")
            }
        }
        for kind in SafeDocument.Kind.allCases {
            let own = documents.filter { $0.kind == kind }
            guard !own.isEmpty else { continue }
            html.section { html in
                html.h2(kind.label)
                html.ul(.class("file-list")) { html in
                    for document in own { html.li { render(document, into: &$0) } }
                }
            }
        }
    }

    private func render(_ document: SafeDocument, into html: inout HTML) {
        html.p { html in
            html.a(document.name, .href(Paths.safeDocument(reading.slug, document.id)))
            html.text(" ")
            html.span("\(document.family.label), \(Format.fileSize(bytes: document.size))", .class("muted"))
            html.text(" ")
            html.add(SafeValidity(document: document, today: today))
        }
        html.details(.open(opened == document.id)) { html in
            html.summary { html in
                html.text("Modifier ou retirer")
                html.span(" \(document.name)", .class("visually-hidden"))
            }
            html.writingForm(to: Paths.safeDocument(reading.slug, document.id), tokens) { html in
                fields(
                    kind: document.kind.rawValue, datedOn: document.datedOn?.description ?? "",
                    validUntil: document.validUntil?.description ?? "", suffix: Self.suffix(document.id), into: &html)
                html.actions { $0.submit("Enregistrer", style: .plain) }
            }
            html.writingButton(
                "Retirer du coffre", to: Paths.safeRemoval(reading.slug, document.id), tokens, style: .danger)
        }
    }

    private func renderForm(into html: inout HTML) {
        html.postForm(
            to: Link(path: "lieux", reading.slug, "coffre"), token: tokens.token(Paths.safe(reading.slug)),
            sendsFiles: true
        ) { html in
            fields(
                kind: form.text("nature"), datedOn: form["date"] ?? "", validUntil: form["validite"] ?? "", suffix: "",
                into: &html)
            html.add(
                FileField(
                    "fichier", "Document",
                    help:
                        "PDF, ODT, DOCX, ODS, XLSX, JPEG ou PNG, \(Format.fileSize(bytes: SafeLimits.longest)) au plus.",
                    error: problems.message("fichier"), accept: ".pdf,.odt,.docx,.ods,.xlsx,.jpg,.jpeg,.png"))
            html.actions { $0.submit("Mettre au coffre") }
        }
    }

    /// The same three fields in every form of the page; `suffix` keeps their names apart.
    private func fields(
        kind: String?, datedOn: String, validUntil: String, suffix: String, into html: inout HTML
    ) {
        let isNew = suffix.isEmpty
        html.add(
            Select(
                "nature" + suffix, "Ce que c’est",
                options: SafeDocument.Kind.allCases.map { Option($0.rawValue, $0.label) }, value: kind,
                error: isNew ? problems.message("nature") : nil))
        html.add(
            DateField(
                "date" + suffix, "Date du document", value: datedOn, error: isNew ? problems.message("date") : nil,
                isRequired: false))
        html.add(
            DateField(
                "validite" + suffix, "Valable jusqu’au", value: validUntil,
                help: "Pour une assurance, une attestation. Le document sera signalé quand la date sera passée.",
                error: isNew ? problems.message("validite") : nil, isRequired: false))
    }
}

/// Until when a document serves, in a word with its colour.
struct SafeValidity: View {
    var document: SafeDocument
    var today: CivilDate

    func render(into html: inout HTML) {
        guard let end = document.validUntil else {
            if let date = document.datedOn { html.span("du \(Self.words(date))", .class("muted")) }
            return
        }
        if document.isExpired(on: today) {
            html.add(Badge("plus valable depuis le \(Self.words(end))", .bad))
        } else {
            html.add(
                Badge("valable jusqu’au \(Self.words(end))", document.expiresSoon(on: today) ? .warn : .good))
        }
    }

    static func words(_ date: CivilDate) -> String {
        Format.date(year: date.year, month: date.month, day: date.day)
    }
}
