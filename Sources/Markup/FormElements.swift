/// Forms and measures: `html.name(attributes) { content }`, and `html.name("text", attributes)` where a text alone makes sense.
///
/// Each function writes the element it is named after.
extension HTML {
    @inlinable
    public mutating func form(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "form", attributes, content: content)
    }

    @inlinable
    public mutating func fieldset(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "fieldset", attributes, content: content)
    }

    @inlinable
    public mutating func legend(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "legend", attributes, content: content)
    }

    @inlinable
    public mutating func legend(_ text: String?, _ attributes: Attribute...) {
        write(element: "legend", attributes, text: text)
    }

    @inlinable
    public mutating func label(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "label", attributes, content: content)
    }

    @inlinable
    public mutating func label(_ text: String?, _ attributes: Attribute...) {
        write(element: "label", attributes, text: text)
    }

    @inlinable
    public mutating func button(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "button", attributes, content: content)
    }

    @inlinable
    public mutating func button(_ text: String?, _ attributes: Attribute...) {
        write(element: "button", attributes, text: text)
    }

    @inlinable
    public mutating func select(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "select", attributes, content: content)
    }

    @inlinable
    public mutating func optgroup(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "optgroup", attributes, content: content)
    }

    @inlinable
    public mutating func option(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "option", attributes, content: content)
    }

    @inlinable
    public mutating func option(_ text: String?, _ attributes: Attribute...) {
        write(element: "option", attributes, text: text)
    }

    @inlinable
    public mutating func datalist(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "datalist", attributes, content: content)
    }

    @inlinable
    public mutating func progress(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "progress", attributes, content: content)
    }

    @inlinable
    public mutating func progress(_ text: String?, _ attributes: Attribute...) {
        write(element: "progress", attributes, text: text)
    }

    @inlinable
    public mutating func meter(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "meter", attributes, content: content)
    }

    @inlinable
    public mutating func meter(_ text: String?, _ attributes: Attribute...) {
        write(element: "meter", attributes, text: text)
    }

    /// A text area holding `text`; parsers drop a first line end, so one is given to them.
    public mutating func textarea(_ text: String?, _ attributes: Attribute...) {
        open("textarea", attributes)
        if text?.utf8.first == UInt8(ascii: "\n") || text?.utf8.first == UInt8(ascii: "\r") { write("\n") }
        self.text(text)
        close("textarea")
    }
}
