import HTTPTypes
import Maillage
import Markup

/// `/appels/{slug}/dossier-type`: the questions of the dossier, to read and print without an account.
enum CallBlankPages {
    static func show(_ visit: Visit) async throws -> Answer {
        let (reading, form, blank) = try await found(visit)
        var view = CallBlankView(reading: reading, form: form, blank: blank)
        view.hasPrinter = visit.reception.printer != nil
        return visit.page(reading.head("Dossier type", isIndexed: true), view)
    }

    /// The call with the form of the stage asked for, or the first one.
    static func found(_ visit: Visit) async throws -> (CallReading, CallForm?, BlankDossier?) {
        let reading = try await CallReading.find(visit)
        let stage = visit.query.text("etape") ?? ""
        let form = reading.forms.first { $0.maturity == stage } ?? reading.forms.first
        return (reading, form, try form.map { try BlankDossier($0) })
    }
}

/// The blank dossier, section by section, with room to write when it is printed.
struct CallBlankView: View {
    var reading: CallReading
    var form: CallForm?
    var blank: BlankDossier?
    /// On paper: no link leads anywhere, and there is room to write.
    var isPrinted = false
    var hasPrinter = false

    func render(into html: inout HTML) {
        html.article(.class("prose rules blank")) { html in
            html.h1("Dossier type")
            html.p(reading.call.title, .class("lead"))
            if let wave = reading.wave { html.p("À déposer \(wave.deadlineWords).") }
            if reading.forms.count > 1, !isPrinted { renderStages(into: &html) }
            guard let blank, let form else {
                html.p("Le dossier de cet appel n’est pas encore écrit.")
                return
            }
            html.p(
                "\(form.title), version \(form.version). Les réponses se donnent en ligne\u{202F}; cette page sert à préparer."
            )
            html.add(PlainProse(text: blank.intro))
            if !isPrinted { renderFiles(form, into: &html) }
            for (index, section) in blank.sections.enumerated() {
                html.section { html in
                    html.h2("\(index + 1). \(section.title)")
                    html.add(PlainProse(text: section.intro))
                    html.ol(.class("blank-questions")) { html in
                        for question in section.questions {
                            html.li(.class("blank-question")) { render(question, into: &$0) }
                        }
                    }
                }
            }
        }
    }

    private func render(_ question: BlankDossier.Question, into html: inout HTML) {
        html.strong(Format.typography(question.label))
        for line in question.lines { html.span(Format.typography(line), .class("help")) }
        if !question.choices.isEmpty {
            html.ul(.class("blank-choices")) { html in
                for choice in question.choices { html.li(Format.typography(choice)) }
            }
        }
        if isPrinted, question.room > 0 { html.div(nil, .class("answer")) }
    }

    private func renderFiles(_ form: CallForm, into html: inout HTML) {
        let stage = [("etape", form.maturity.isEmpty ? nil : form.maturity)]
        html.p(.class("actions no-print")) { html in
            if hasPrinter {
                html.a(
                    .href(Paths.path("appels", reading.slug, "dossier-type.pdf", query: stage)),
                    .class("button button-primary")
                ) { html in
                    html.add(Icon.download)
                    html.text("En PDF")
                }
            }
            html.a(.href(Paths.path("appels", reading.slug, "dossier-type.docx", query: stage)), .class("button")) {
                html in
                html.add(Icon.download)
                html.text("À remplir (DOCX)")
            }
        }
        if !hasPrinter {
            html.p("Ce site ne fabrique pas de PDF\u{202F}: imprimez cette page.", .class("muted no-print"))
        }
    }

    private func renderStages(into html: inout HTML) {
        html.nav(.class("row no-print"), .aria("label", "Selon l’étape du projet")) { html in
            for form in reading.forms {
                let label = form.maturity.isEmpty ? "Tous les projets" : ReferenceList.maturities.label(form.maturity)
                html.a(
                    label, .href(Paths.path("appels", reading.slug, "dossier-type", query: [("etape", form.maturity)])),
                    .class("tag"), .aria("current", form == self.form ? "page" : nil))
            }
        }
    }
}
