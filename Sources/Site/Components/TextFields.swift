import Markup

/// One line of text.
struct TextField: View {
    /// What is typed: chooses the keyboard of phones and what browsers check.
    enum Kind: String, Sendable {
        case text, email, tel, url, password, search, number
    }

    var frame: FieldFrame
    var value: String?
    var kind: Kind
    /// What browsers may fill in (HTML standard, § 4.10.18.7): `"email"`, `"name"`, `"address-line1"`…
    var autocomplete: String?
    var maximumLength: Int?
    /// True for codes and figures, whose box is short.
    var isShort: Bool
    /// `"numeric"` or `"decimal"` for figures typed as text.
    var inputMode: String?
    /// `"commune"` or `"adresse"`: suggestions while typing, with a script.
    var suggestions: String?

    init(
        _ name: String, _ label: String, value: String? = nil, help: String? = nil, error: String? = nil,
        isRequired: Bool = true,
        kind: Kind = .text, autocomplete: String? = nil, maximumLength: Int? = nil, isShort: Bool = false,
        inputMode: String? = nil, suggestions: String? = nil
    ) {
        frame = FieldFrame(name: name, label: label, help: help, error: error, isRequired: isRequired)
        self.value = value
        self.kind = kind
        self.autocomplete = autocomplete
        self.maximumLength = maximumLength
        self.isShort = isShort
        self.inputMode = inputMode
        self.suggestions = suggestions
    }

    func render(into html: inout HTML) {
        frame.render(into: &html) { html in
            html.input(
                .class("input", isShort ? "input-short" : nil), .type(kind.rawValue), .id(frame.id), .name(frame.name),
                .value(kind == .password ? nil : value), .required(frame.isRequired), .maxlength(maximumLength),
                .inputmode(inputMode), .autocomplete(autocomplete), .data("suggest", suggestions),
                .aria("describedby", frame.describedBy), .aria("invalid", frame.error == nil ? nil : "true"))
        }
    }
}

/// Several lines of text. A recommended length is counted, never enforced: nothing that was typed is cut.
struct TextArea: View {
    var frame: FieldFrame
    var value: String?
    var rows: Int
    /// The number of characters the text should not pass; shown under the field, live with a script.
    var recommendedLength: Int?

    init(
        _ name: String, _ label: String, value: String? = nil, help: String? = nil, error: String? = nil,
        isRequired: Bool = true,
        rows: Int = 5, recommendedLength: Int? = nil
    ) {
        frame = FieldFrame(name: name, label: label, help: help, error: error, isRequired: isRequired)
        self.value = value
        self.rows = rows
        self.recommendedLength = recommendedLength
    }

    func render(into html: inout HTML) {
        let counterID = frame.id + "-compte"
        let counted = [frame.describedBy, counterID].compactMap { $0 }.joined(separator: " ")
        let describedBy = recommendedLength == nil ? frame.describedBy : counted
        frame.render(into: &html) { html in
            html.textarea(
                value, .class("input"), .id(frame.id), .name(frame.name), .rows(rows), .required(frame.isRequired),
                .data("counter", recommendedLength == nil ? nil : counterID), .aria("describedby", describedBy),
                .aria("invalid", frame.error == nil ? nil : "true"))
            if let recommendedLength {
                html.span(
                    Format.count(recommendedLength, "caractère", "caractères") + " au plus", .class("counter"),
                    .id(counterID),
                    .data("limit", recommendedLength))
            }
        }
    }
}

/// A date, typed or picked; its value is ISO (`2026-10-16`).
struct DateField: View {
    var frame: FieldFrame
    var value: String?
    var earliest: String?
    var latest: String?
    /// True to ask for the hour too: `2026-10-16T23:59`, local time.
    var withTime: Bool

    init(
        _ name: String, _ label: String, value: String? = nil, help: String? = nil, error: String? = nil,
        isRequired: Bool = true,
        earliest: String? = nil, latest: String? = nil, withTime: Bool = false
    ) {
        frame = FieldFrame(name: name, label: label, help: help, error: error, isRequired: isRequired)
        self.value = value
        self.earliest = earliest
        self.latest = latest
        self.withTime = withTime
    }

    func render(into html: inout HTML) {
        frame.render(into: &html) { html in
            html.input(
                .class("input input-short"), .type(withTime ? "datetime-local" : "date"), .id(frame.id),
                .name(frame.name), .value(value),
                .min(earliest), .max(latest), .required(frame.isRequired), .aria("describedby", frame.describedBy),
                .aria("invalid", frame.error == nil ? nil : "true"))
        }
    }
}

/// A file to send. Its form must be `multipart/form-data`: see `HTML.postForm`.
struct FileField: View {
    var frame: FieldFrame
    /// Extensions and types, as in `accept`: `".pdf,image/png"`.
    var accept: String?
    var isMultiple: Bool

    init(
        _ name: String, _ label: String, help: String? = nil, error: String? = nil, isRequired: Bool = true,
        accept: String? = nil,
        isMultiple: Bool = false
    ) {
        frame = FieldFrame(name: name, label: label, help: help, error: error, isRequired: isRequired)
        self.accept = accept
        self.isMultiple = isMultiple
    }

    func render(into html: inout HTML) {
        frame.render(into: &html) { html in
            html.input(
                .class("input"), .type("file"), .id(frame.id), .name(frame.name), .accept(accept),
                .multiple(isMultiple),
                .required(frame.isRequired), .aria("describedby", frame.describedBy),
                .aria("invalid", frame.error == nil ? nil : "true"))
        }
    }
}

/// A value the form carries without showing it.
struct HiddenField: View {
    var name: String
    var value: String

    init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    init(_ token: FormToken) {
        self.init(FormToken.fieldName, token.value)
    }

    func render(into html: inout HTML) {
        html.input(.type("hidden"), .name(name), .value(value))
    }
}
