import Markup

/// What all fields share: a label, a help, an error, all tied to the control.
///
/// Fields are required unless said otherwise, and the optional ones say it: that is what people read fastest.
struct FieldFrame {
    /// The name in the form and in `Problems`.
    var name: String
    var label: String
    var help: String?
    var error: String?
    var isRequired: Bool
    /// True for a group of choices, whose frame is a `fieldset`.
    var isGroup = false

    /// The identifier of the control a name belongs to: the anchor of error summaries.
    static func id(of name: String) -> String {
        var bytes = Array("champ-".utf8)
        for byte in name.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: bytes.append(byte)
            default: bytes.append(UInt8(ascii: "-"))
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    var id: String { Self.id(of: name) }
    var helpID: String { id + "-aide" }
    var errorID: String { id + "-erreur" }

    /// The identifiers of what explains the control: error first, for it is what matters now.
    var describedBy: String? {
        let identifiers = (error == nil ? [] : [errorID]) + (help == nil ? [] : [helpID])
        return identifiers.isEmpty ? nil : identifiers.joined(separator: " ")
    }

    /// Writes the frame around a control.
    func render(into html: inout HTML, control: (inout HTML) -> Void) {
        html.div(.class("field", error == nil ? nil : "has-error")) { html in
            if isGroup {
                html.fieldset(.aria("describedby", describedBy)) { html in
                    html.legend { renderLabel(into: &$0) }
                    renderNotes(into: &html)
                    control(&html)
                }
            } else {
                html.label(.for(id)) { renderLabel(into: &$0) }
                renderNotes(into: &html)
                control(&html)
            }
        }
    }

    private func renderLabel(into html: inout HTML) {
        html.text(label)
        if !isRequired { html.span(" (facultatif)", .class("optional")) }
    }

    private func renderNotes(into html: inout HTML) {
        if let help { html.span(help, .class("help"), .id(helpID)) }
        if let error { html.span(error, .class("error"), .id(errorID)) }
    }
}
