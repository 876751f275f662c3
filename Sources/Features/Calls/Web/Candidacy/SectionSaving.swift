import Exchange
import Forms
import Maillage
import Markup

/// How a form saves itself while one types: see `saving.js`.
struct FormSaving {
    /// Names the form, the thing it changes and its reader: what is kept on the device is kept under it.
    var key: String
    /// The reader: nothing typed by one is ever sent as another.
    var account: String
    /// The page shows what was typed, not what is saved.
    var isTyped: Bool
    /// Somebody else may write: the page asks from time to time what has changed.
    var watches: Bool
}

extension HTML {
    /// `postForm`, of a form that saves itself.
    mutating func savingForm(
        to action: Link, token: FormToken, _ saving: FormSaving, content: (inout HTML) -> Void
    ) {
        form(
            .method("post"), .action(action), .novalidate(), .class("form form-wide"), .data("saves", saving.key),
            .data("account", saving.account), .data("typed", saving.isTyped ? "" : nil),
            .data("watches", saving.watches ? "" : nil), .data("form-schema", "dossier-regles"),
            .data("form-answers", "dossier-reponses")
        ) { html in
            html.add(HiddenField(token))
            content(&html)
        }
    }
}

/// What `form.js` needs to show, hide and add up while one types: the form's rules, and the answers of the other sections.
struct SectionSchema: View {
    var state: FormState
    var section: FormSection

    func render(into html: inout HTML) {
        let schema = FormSchema.json(state.compiled, environment: state.environment)
        html.span(String(decoding: schema, as: UTF8.self), .id("dossier-regles"), .hidden())
        var json = JSONWriter()
        json.beginArray()
        for other in state.compiled.form.sections where other.key != section.key {
            for question in other.questions {
                for field in FormFields.fields(of: question, state.answers[question.key]) {
                    json.beginArray()
                    json.string(field.name)
                    json.string(field.value)
                    json.endArray()
                }
            }
        }
        json.endArray()
        html.span(String(decoding: json.bytes, as: UTF8.self), .id("dossier-reponses"), .hidden())
    }
}

/// What became of a pasted block, above the form it was placed in.
struct GridPasteReport: View {
    var label: String
    var placed: Int
    var rejections: [GridPasting.Rejection]

    func render(into html: inout HTML) {
        html.section(.class("card"), .id("collage"), .role("status"), .tabindex(-1)) { html in
            html.h2("Collage dans «\u{A0}\(Format.typography(label))\u{A0}»")
            html.p(
                Format.count(placed, "cellule placée", "cellules placées")
                    + ". Rien n’est encore enregistré\u{202F}: vérifiez, puis enregistrez.")
            guard !rejections.isEmpty else { return }
            html.p(
                Format.count(rejections.count, "cellule n’a pas été reprise", "cellules n’ont pas été reprises")
                    + "\u{202F}:")
            html.ul { html in
                for rejection in rejections {
                    let place = "ligne \(rejection.line)" + (rejection.column.isEmpty ? "" : ", \(rejection.column)")
                    html.li("«\u{A0}\(rejection.text)\u{A0}» (\(place))\u{202F}: \(rejection.reason).")
                }
            }
        }
    }
}
