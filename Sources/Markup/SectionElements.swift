/// Sections and grouping: `html.name(attributes) { content }`, and `html.name("text", attributes)` where a text alone makes sense.
///
/// Each function writes the element it is named after.
extension HTML {
    @inlinable
    public mutating func head(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "head", attributes, content: content)
    }

    @inlinable
    public mutating func body(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "body", attributes, content: content)
    }

    @inlinable
    public mutating func header(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "header", attributes, content: content)
    }

    @inlinable
    public mutating func footer(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "footer", attributes, content: content)
    }

    @inlinable
    public mutating func main(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "main", attributes, content: content)
    }

    @inlinable
    public mutating func nav(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "nav", attributes, content: content)
    }

    @inlinable
    public mutating func section(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "section", attributes, content: content)
    }

    @inlinable
    public mutating func article(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "article", attributes, content: content)
    }

    @inlinable
    public mutating func aside(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "aside", attributes, content: content)
    }

    @inlinable
    public mutating func search(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "search", attributes, content: content)
    }

    @inlinable
    public mutating func div(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "div", attributes, content: content)
    }

    @inlinable
    public mutating func div(_ text: String?, _ attributes: Attribute...) {
        write(element: "div", attributes, text: text)
    }

    @inlinable
    public mutating func h1(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "h1", attributes, content: content)
    }

    @inlinable
    public mutating func h1(_ text: String?, _ attributes: Attribute...) {
        write(element: "h1", attributes, text: text)
    }

    @inlinable
    public mutating func h2(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "h2", attributes, content: content)
    }

    @inlinable
    public mutating func h2(_ text: String?, _ attributes: Attribute...) {
        write(element: "h2", attributes, text: text)
    }

    @inlinable
    public mutating func h3(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "h3", attributes, content: content)
    }

    @inlinable
    public mutating func h3(_ text: String?, _ attributes: Attribute...) {
        write(element: "h3", attributes, text: text)
    }

    @inlinable
    public mutating func h4(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "h4", attributes, content: content)
    }

    @inlinable
    public mutating func h4(_ text: String?, _ attributes: Attribute...) {
        write(element: "h4", attributes, text: text)
    }

    @inlinable
    public mutating func p(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "p", attributes, content: content)
    }

    @inlinable
    public mutating func p(_ text: String?, _ attributes: Attribute...) {
        write(element: "p", attributes, text: text)
    }

    @inlinable
    public mutating func figure(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "figure", attributes, content: content)
    }

    @inlinable
    public mutating func figcaption(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "figcaption", attributes, content: content)
    }

    @inlinable
    public mutating func figcaption(_ text: String?, _ attributes: Attribute...) {
        write(element: "figcaption", attributes, text: text)
    }

    @inlinable
    public mutating func blockquote(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "blockquote", attributes, content: content)
    }

    @inlinable
    public mutating func blockquote(_ text: String?, _ attributes: Attribute...) {
        write(element: "blockquote", attributes, text: text)
    }

    @inlinable
    public mutating func address(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "address", attributes, content: content)
    }

    @inlinable
    public mutating func address(_ text: String?, _ attributes: Attribute...) {
        write(element: "address", attributes, text: text)
    }

    @inlinable
    public mutating func details(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "details", attributes, content: content)
    }

    @inlinable
    public mutating func summary(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "summary", attributes, content: content)
    }

    @inlinable
    public mutating func summary(_ text: String?, _ attributes: Attribute...) {
        write(element: "summary", attributes, text: text)
    }
}
