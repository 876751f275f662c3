/// Words inside a text: `html.name(attributes) { content }`, and `html.name("text", attributes)` where a text alone makes sense.
///
/// Each function writes the element it is named after.
extension HTML {
    @inlinable
    public mutating func title(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "title", attributes, content: content)
    }

    @inlinable
    public mutating func title(_ text: String?, _ attributes: Attribute...) {
        write(element: "title", attributes, text: text)
    }

    @inlinable
    public mutating func a(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "a", attributes, content: content)
    }

    @inlinable
    public mutating func a(_ text: String?, _ attributes: Attribute...) {
        write(element: "a", attributes, text: text)
    }

    @inlinable
    public mutating func span(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "span", attributes, content: content)
    }

    @inlinable
    public mutating func span(_ text: String?, _ attributes: Attribute...) {
        write(element: "span", attributes, text: text)
    }

    @inlinable
    public mutating func strong(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "strong", attributes, content: content)
    }

    @inlinable
    public mutating func strong(_ text: String?, _ attributes: Attribute...) {
        write(element: "strong", attributes, text: text)
    }

    @inlinable
    public mutating func em(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "em", attributes, content: content)
    }

    @inlinable
    public mutating func em(_ text: String?, _ attributes: Attribute...) {
        write(element: "em", attributes, text: text)
    }

    @inlinable
    public mutating func small(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "small", attributes, content: content)
    }

    @inlinable
    public mutating func small(_ text: String?, _ attributes: Attribute...) {
        write(element: "small", attributes, text: text)
    }

    @inlinable
    public mutating func mark(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "mark", attributes, content: content)
    }

    @inlinable
    public mutating func mark(_ text: String?, _ attributes: Attribute...) {
        write(element: "mark", attributes, text: text)
    }

    @inlinable
    public mutating func code(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "code", attributes, content: content)
    }

    @inlinable
    public mutating func code(_ text: String?, _ attributes: Attribute...) {
        write(element: "code", attributes, text: text)
    }

    @inlinable
    public mutating func pre(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "pre", attributes, content: content)
    }

    @inlinable
    public mutating func pre(_ text: String?, _ attributes: Attribute...) {
        write(element: "pre", attributes, text: text)
    }

    @inlinable
    public mutating func abbr(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "abbr", attributes, content: content)
    }

    @inlinable
    public mutating func abbr(_ text: String?, _ attributes: Attribute...) {
        write(element: "abbr", attributes, text: text)
    }

    @inlinable
    public mutating func time(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "time", attributes, content: content)
    }

    @inlinable
    public mutating func time(_ text: String?, _ attributes: Attribute...) {
        write(element: "time", attributes, text: text)
    }

    @inlinable
    public mutating func q(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "q", attributes, content: content)
    }

    @inlinable
    public mutating func q(_ text: String?, _ attributes: Attribute...) {
        write(element: "q", attributes, text: text)
    }

    @inlinable
    public mutating func cite(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "cite", attributes, content: content)
    }

    @inlinable
    public mutating func cite(_ text: String?, _ attributes: Attribute...) {
        write(element: "cite", attributes, text: text)
    }

    @inlinable
    public mutating func bdi(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "bdi", attributes, content: content)
    }

    @inlinable
    public mutating func bdi(_ text: String?, _ attributes: Attribute...) {
        write(element: "bdi", attributes, text: text)
    }

    @inlinable
    public mutating func sub(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "sub", attributes, content: content)
    }

    @inlinable
    public mutating func sub(_ text: String?, _ attributes: Attribute...) {
        write(element: "sub", attributes, text: text)
    }

    @inlinable
    public mutating func sup(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "sup", attributes, content: content)
    }

    @inlinable
    public mutating func sup(_ text: String?, _ attributes: Attribute...) {
        write(element: "sup", attributes, text: text)
    }

    @inlinable
    public mutating func del(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "del", attributes, content: content)
    }

    @inlinable
    public mutating func del(_ text: String?, _ attributes: Attribute...) {
        write(element: "del", attributes, text: text)
    }

    @inlinable
    public mutating func ins(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "ins", attributes, content: content)
    }

    @inlinable
    public mutating func ins(_ text: String?, _ attributes: Attribute...) {
        write(element: "ins", attributes, text: text)
    }

    @inlinable
    public mutating func output(_ attributes: Attribute..., content: (inout HTML) -> Void) {
        write(element: "output", attributes, content: content)
    }

    @inlinable
    public mutating func output(_ text: String?, _ attributes: Attribute...) {
        write(element: "output", attributes, text: text)
    }
}
