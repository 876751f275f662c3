import Maillage
import Markup

extension HTML {
    /// A form that writes: method POST, the token that proves where it comes from, and no check by the browser, whose words
    /// would hide ours.
    ///
    /// - Parameters:
    ///   - draft: a key of this form and of this reader; with it, what is typed is kept on the device until it is sent.
    ///   - sendsFiles: true when a `FileField` is inside.
    mutating func postForm(
        to action: Link, token: FormToken, sendsFiles: Bool = false, draft: String? = nil, isWide: Bool = false,
        content: (inout HTML) -> Void
    ) {
        form(
            .method("post"), .action(action), .enctype(sendsFiles ? "multipart/form-data" : nil), .novalidate(),
            .class("form", isWide ? "form-wide" : nil), .data("draft", draft)
        ) { html in
            html.add(HiddenField(token))
            content(&html)
        }
    }

    /// The buttons at the end of a form.
    mutating func actions(_ content: (inout HTML) -> Void) {
        div(.class("actions"), content: content)
    }

    /// A button that sends the form; `name` and `value` tell several apart.
    mutating func submit(_ label: String, name: String? = nil, value: String? = nil, style: ButtonStyle = .primary) {
        button(label, .type("submit"), .class(style.rawValue), .name(name), .value(value))
    }

    /// A form of one button: « Confirmer », « Retirer ».
    mutating func postButton(
        _ label: String, to action: Link, token: FormToken, style: ButtonStyle = .plain, fields: [(String, String)] = []
    ) {
        form(.method("post"), .action(action)) { html in
            html.add(HiddenField(token))
            for (name, value) in fields { html.add(HiddenField(name, value)) }
            html.submit(label, style: style)
        }
    }

    /// Fields that belong together, under one title.
    mutating func group(_ legend: String, content: (inout HTML) -> Void) {
        fieldset(.class("group")) { html in
            html.legend(legend)
            content(&html)
        }
    }
}

/// How much a button asks for attention.
enum ButtonStyle: String, Sendable {
    case primary = "button button-primary"
    case plain = "button"
    case danger = "button button-danger"
    case quiet = "button button-quiet"
    case small = "button button-small"
}

/// All that is wrong with a form, above it, each line leading to its field. Nothing is written when all is well.
struct ErrorSummary: View {
    var problems: [(field: String, message: String)]
    /// What was kept: « Ce que vous avez saisi est conservé. »
    var reassurance: String

    init(_ problems: [(field: String, message: String)], reassurance: String = "Ce que vous avez saisi est conservé.") {
        self.problems = problems
        self.reassurance = reassurance
    }

    init(_ problems: Problems, reassurance: String = "Ce que vous avez saisi est conservé.") {
        self.init(problems.list.map { ($0.field, $0.message) }, reassurance: reassurance)
    }

    func render(into html: inout HTML) {
        guard !problems.isEmpty else { return }
        html.div(
            .class("error-summary"), .id("erreurs"), .role("alert"), .tabindex(-1), .aria("labelledby", "erreurs-titre")
        ) { html in
            html.h2(Format.count(problems.count, "point à corriger", "points à corriger"), .id("erreurs-titre"))
            html.ul { html in
                for problem in problems {
                    html.li { html in
                        if problem.field.isEmpty {
                            html.text(problem.message)
                        } else {
                            html.a(problem.message, .href("#" + FieldFrame.id(of: problem.field)))
                        }
                    }
                }
            }
            html.p(reassurance)
        }
    }
}
