import Markup

/// One thing to choose.
struct Option: Sendable, Equatable {
    var value: String
    var label: String
    var help: String?

    init(_ value: String, _ label: String, help: String? = nil) {
        self.value = value
        self.label = label
        self.help = help
    }
}

/// One among a few, all in sight: radio buttons.
struct Choice: View {
    var frame: FieldFrame
    var options: [Option]
    var value: String?

    init(
        _ name: String, _ label: String, options: [Option], value: String? = nil, help: String? = nil,
        error: String? = nil,
        isRequired: Bool = true
    ) {
        frame = FieldFrame(name: name, label: label, help: help, error: error, isRequired: isRequired, isGroup: true)
        self.options = options
        self.value = value
    }

    func render(into html: inout HTML) {
        frame.render(into: &html) { html in
            for (index, option) in options.enumerated() {
                html.add(
                    ChoiceLine(
                        frame: frame, type: "radio", index: index, option: option, isChosen: option.value == value))
            }
        }
    }
}

/// Any number among a few: check boxes under one name.
struct CheckList: View {
    var frame: FieldFrame
    var options: [Option]
    var values: Set<String>

    init(
        _ name: String, _ label: String, options: [Option], values: Set<String> = [], help: String? = nil,
        error: String? = nil,
        isRequired: Bool = false
    ) {
        frame = FieldFrame(name: name, label: label, help: help, error: error, isRequired: isRequired, isGroup: true)
        self.options = options
        self.values = values
    }

    func render(into html: inout HTML) {
        frame.render(into: &html) { html in
            for (index, option) in options.enumerated() {
                html.add(
                    ChoiceLine(
                        frame: frame, type: "checkbox", index: index, option: option,
                        isChosen: values.contains(option.value)))
            }
        }
    }
}

/// A yes or a no: one check box, whose label is the question. Sends `value` when checked.
struct CheckBox: View {
    var frame: FieldFrame
    var isChecked: Bool
    var value: String

    init(
        _ name: String, _ label: String, isChecked: Bool = false, value: String = "oui", help: String? = nil,
        error: String? = nil,
        isRequired: Bool = false
    ) {
        frame = FieldFrame(name: name, label: label, help: help, error: error, isRequired: isRequired)
        self.isChecked = isChecked
        self.value = value
    }

    func render(into html: inout HTML) {
        html.div(.class("field", frame.error == nil ? nil : "has-error")) { html in
            if let error = frame.error { html.span(error, .class("error"), .id(frame.errorID)) }
            html.div(.class("choice")) { html in
                html.input(
                    .type("checkbox"), .id(frame.id), .name(frame.name), .value(value), .checked(isChecked),
                    .required(frame.isRequired), .aria("describedby", frame.describedBy),
                    .aria("invalid", frame.error == nil ? nil : "true"))
                html.label(.for(frame.id)) { html in
                    html.text(frame.label)
                    if let help = frame.help { html.span(help, .class("help"), .id(frame.helpID)) }
                }
            }
        }
    }
}

/// One among many: a list that opens.
struct Select: View {
    var frame: FieldFrame
    var options: [Option]
    var value: String?
    /// The first line, which chooses nothing; nil to begin with the first option.
    var prompt: String?

    init(
        _ name: String, _ label: String, options: [Option], value: String? = nil, prompt: String? = "Choisir…",
        help: String? = nil,
        error: String? = nil, isRequired: Bool = true
    ) {
        frame = FieldFrame(name: name, label: label, help: help, error: error, isRequired: isRequired)
        self.options = options
        self.value = value
        self.prompt = prompt
    }

    func render(into html: inout HTML) {
        frame.render(into: &html) { html in
            html.select(
                // Without a prompt something is always chosen, and HTML refuses the word.
                .class("input"), .id(frame.id), .name(frame.name), .required(frame.isRequired && prompt != nil),
                .aria("describedby", frame.describedBy), .aria("invalid", frame.error == nil ? nil : "true")
            ) { html in
                if let prompt { html.option(prompt, .value("")) }
                for option in options {
                    html.option(option.label, .value(option.value), .selected(option.value == value))
                }
            }
        }
    }
}

/// A box or a button with its label; the first of a group bears the group's own identifier, where error summaries lead.
private struct ChoiceLine: View {
    var frame: FieldFrame
    var type: String
    var index: Int
    var option: Option
    var isChosen: Bool

    func render(into html: inout HTML) {
        let id = index == 0 ? frame.id : "\(frame.id)-\(index + 1)"
        html.div(.class("choice")) { html in
            html.input(
                .type(type), .id(id), .name(frame.name), .value(option.value), .checked(isChosen),
                .required(type == "radio" && frame.isRequired),
                .aria("describedby", option.help == nil ? nil : id + "-note"))
            html.label(.for(id)) { html in
                html.text(option.label)
                if let help = option.help { html.span(help, .class("help"), .id(id + "-note")) }
            }
        }
    }
}
