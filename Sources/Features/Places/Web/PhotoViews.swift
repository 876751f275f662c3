import Maillage
import Markup

/// The page where the photos of a place are kept.
struct PhotosView: View {
    var reading: PlaceReading
    var photos: [PlacePhoto]
    /// Whether this machine can take photos in.
    var isOpen: Bool
    var form = Fields()
    var problems = Problems()
    var tokens: FormTokens

    func render(into html: inout HTML) {
        html.h1("Photos")
        html.p(reading.name, .class("lead"))
        html.add(
            ErrorSummary(
                problems,
                reassurance: "Votre texte est conservé\u{202F}; le fichier, lui, est à choisir à nouveau."))
        if photos.isEmpty {
            html.p("Cette fiche n’a pas encore de photo.")
        } else {
            renderList(into: &html)
        }
        html.section { html in
            html.h2("Ajouter une photo")
            renderForm(into: &html)
        }
        html.p(.class("actions")) { $0.a("Retour à la fiche", .href(Paths.place(reading.slug))) }
    }

    private func renderList(into html: inout HTML) {
        html.p(
            "La première est celle qu’on voit d’abord. \(Format.count(photos.count, "photo", "photos")), "
                + "\(PlacePhoto.most) au plus.", .class("muted"))
        html.ol(.class("photo-list")) { html in
            for (index, photo) in photos.enumerated() {
                html.li(.class("photo-line")) { render(photo, at: index, into: &$0) }
            }
        }
    }

    private func render(_ photo: PlacePhoto, at index: Int, into html: inout HTML) {
        html.add(PhotoImage(photo: photo, sizes: "12rem", largest: 320))
        html.div { html in
            html.p(photo.words.alternative)
            html.p(.class("muted")) { html in
                html.text("Photo\u{202F}: \(photo.words.credit), ")
                html.text(photo.words.licence.label)
            }
            html.div(.class("row")) { html in
                html.a(.class("button button-small"), .href(Paths.photo(reading.slug, photo.id))) { html in
                    html.text("Décrire")
                    name(index, into: &html)
                }
                if index > 0 { move(photo, .earlier, "Avancer", index, into: &html) }
                if index > 1 { move(photo, .first, "Mettre en premier", index, into: &html) }
                if index < photos.count - 1 { move(photo, .later, "Reculer", index, into: &html) }
                button("Retirer", to: Paths.photo(reading.slug, photo.id, .removal), index, into: &html)
            }
        }
    }

    private func move(
        _ photo: PlacePhoto, _ direction: MovePhoto.Direction, _ label: String, _ index: Int, into html: inout HTML
    ) {
        button(
            label, to: Paths.photo(reading.slug, photo.id, .order), index, fields: [("vers", direction.rawValue)],
            into: &html)
    }

    /// A form of one button that says, to those who hear it, which photo it is about.
    private func button(
        _ label: String, to action: String, _ index: Int, fields: [(String, String)] = [], into html: inout HTML
    ) {
        html.form(.method("post"), .action(action)) { html in
            html.add(HiddenField(tokens.token(action)))
            for (name, value) in fields { html.add(HiddenField(name, value)) }
            html.button(.type("submit"), .class(ButtonStyle.small.rawValue)) { html in
                html.text(label)
                name(index, into: &html)
            }
        }
    }

    private func name(_ index: Int, into html: inout HTML) {
        html.span(" la photo \(index + 1)", .class("visually-hidden"))
    }

    private func renderForm(into html: inout HTML) {
        guard isOpen else {
            html.p(
                "Cette installation ne peut pas recevoir de photos pour le moment\u{202F}: il lui manque de quoi les préparer. "
                    + "La personne qui tient le service sait lequel de ses outils installer.")
            return
        }
        guard photos.count < PlacePhoto.most else {
            html.p(
                "Cette fiche a \(PlacePhoto.most) photos, le plus qu’elle puisse montrer. Retirez-en une pour en ajouter une autre."
            )
            return
        }
        let action = Paths.place(reading.slug, .photos)
        html.postForm(
            to: Link(path: "lieux", reading.slug, "photos"), token: tokens.token(action), sendsFiles: true
        ) { html in
            // The words come before the file, so that they are known whatever happens to it.
            PhotoForm.render(form, problems, into: &html)
            html.add(
                FileField(
                    "photo", "Photo",
                    help:
                        "JPEG, PNG ou WebP, \(PhotoWorkshop.longestFile / 1_000_000)\u{A0}Mo au plus. Elle est mise à la bonne "
                        + "taille ici\u{202F}; ce que l’appareil y a noté, comme le lieu et l’heure de la prise de vue, est effacé.",
                    error: problems.message("photo"), accept: "image/jpeg,image/png,image/webp"))
            html.actions { html in
                html.submit("Ajouter la photo")
                html.span("", .class("muted"), .role("status"), .data("sending", "Envoi de la photo en cours…"))
            }
        }
    }
}

/// The page where what is said of one photo is changed.
struct PhotoEditView: View {
    var photo: PlacePhoto
    var page: PhotosView

    func render(into html: inout HTML) {
        html.h1("Décrire une photo")
        html.p(page.reading.name, .class("lead"))
        html.add(ErrorSummary(page.problems))
        html.add(
            PhotoImage(
                photo: photo, sizes: "(min-width: 42rem) 40rem, 100vw", largest: 640, isLazy: false,
                style: "photo-shown"))
        let form = page.form.isEmpty ? PhotoForm.fields(photo.words) : page.form
        html.writingForm(to: Paths.photo(page.reading.slug, photo.id), page.tokens) { html in
            PhotoForm.render(form, page.problems, into: &html)
            html.actions { html in
                html.submit("Enregistrer")
                html.a("Annuler", .href(Paths.place(page.reading.slug, .photos)))
            }
        }
    }
}

/// What is said of a photo, as a form.
enum PhotoForm {
    /// Throws `Problems` under the names of the fields.
    static func words(_ form: Fields) throws -> PlacePhoto.Words {
        try PhotoRules.words(
            alternative: form["alternative"] ?? "", credit: form["credit"] ?? "", licence: form.text("licence") ?? "")
    }

    static func fields(_ words: PlacePhoto.Words) -> Fields {
        Fields([
            Fields.Field(name: "alternative", value: words.alternative),
            Fields.Field(name: "credit", value: words.credit),
            Fields.Field(name: "licence", value: words.licence.rawValue),
        ])
    }

    static func render(_ form: Fields, _ problems: Problems, into html: inout HTML) {
        html.add(
            TextArea(
                "alternative", "Ce que montre la photo", value: form["alternative"],
                help:
                    "Une phrase, pour ceux qui ne la voient pas. Les personnes qu’on y reconnaît doivent être d’accord.",
                error: problems.message("alternative"), rows: 3, recommendedLength: PhotoRules.longestAlternative))
        html.add(
            TextField(
                "credit", "Qui l’a prise", value: form["credit"], help: "Une personne ou une structure.",
                error: problems.message("credit")))
        html.add(
            Choice(
                "licence", "Ce que d’autres peuvent en faire",
                options: PhotoLicence.allCases.map { Option($0.rawValue, $0.label, help: $0.meaning) },
                value: form.text("licence"), error: problems.message("licence")))
    }
}
