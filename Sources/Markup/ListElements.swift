/// Lists and tables: `html.name(attributes) { content }`, and `html.name("text", attributes)` where a text alone makes sense.
///
/// Each function writes the element it is named after.
extension HTML {
    @inlinable
    public mutating func ul(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "ul", attributes, content: content)
    }

    @inlinable
    public mutating func ol(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "ol", attributes, content: content)
    }

    @inlinable
    public mutating func li(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "li", attributes, content: content)
    }

    @inlinable
    public mutating func li(_ text: String?, _ attributes: Attribute...) {
        write(element: "li", attributes, text: text)
    }

    @inlinable
    public mutating func dl(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "dl", attributes, content: content)
    }

    @inlinable
    public mutating func dt(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "dt", attributes, content: content)
    }

    @inlinable
    public mutating func dt(_ text: String?, _ attributes: Attribute...) {
        write(element: "dt", attributes, text: text)
    }

    @inlinable
    public mutating func dd(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "dd", attributes, content: content)
    }

    @inlinable
    public mutating func dd(_ text: String?, _ attributes: Attribute...) {
        write(element: "dd", attributes, text: text)
    }

    @inlinable
    public mutating func table(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "table", attributes, content: content)
    }

    @inlinable
    public mutating func caption(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "caption", attributes, content: content)
    }

    @inlinable
    public mutating func caption(_ text: String?, _ attributes: Attribute...) {
        write(element: "caption", attributes, text: text)
    }

    @inlinable
    public mutating func thead(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "thead", attributes, content: content)
    }

    @inlinable
    public mutating func tbody(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "tbody", attributes, content: content)
    }

    @inlinable
    public mutating func tfoot(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "tfoot", attributes, content: content)
    }

    @inlinable
    public mutating func tr(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "tr", attributes, content: content)
    }

    @inlinable
    public mutating func th(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "th", attributes, content: content)
    }

    @inlinable
    public mutating func th(_ text: String?, _ attributes: Attribute...) {
        write(element: "th", attributes, text: text)
    }

    @inlinable
    public mutating func td(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "td", attributes, content: content)
    }

    @inlinable
    public mutating func td(_ text: String?, _ attributes: Attribute...) {
        write(element: "td", attributes, text: text)
    }
}
