extension HTML {
    /// Any element with its content: for SVG and the elements that have no function of their own.
    ///
    /// `script` and `style` keep their attributes but no content: nothing escaped is safe inside them, and the site's content
    /// policy refuses them anyway.
    public mutating func element(
        _ name: StaticString, _ attributes: Attribute..., content: (inout HTML) -> Void = { _ in }
    ) {
        if Self.isRawText(name) {
            write(element: name, attributes) { _ in }
        } else {
            write(element: name, attributes, content: content)
        }
    }

    /// Any element without content or end tag (HTML) or closed at once (SVG reads the slash).
    public mutating func void(_ name: StaticString, _ attributes: Attribute...) {
        write(void: name, attributes, close: "/>")
    }

    /// The whole page: doctype and `<html lang>`.
    public mutating func document(lang: String = "fr", content: (inout HTML) -> Void) {
        write("<!DOCTYPE html>\n")
        write(element: "html", [.lang(lang)], content: content)
        write("\n")
    }

    /// A script of this site, loaded as a module once the page is read; never a script with content.
    public mutating func script(module address: String?) {
        guard let address, let link = Link(checking: address) else { return }
        write(element: "script", [.type("module"), .src(link)]) { _ in }
    }

    @usableFromInline
    mutating func open(_ name: StaticString, _ attributes: [Attribute]) {
        write(void: name, attributes)
    }

    @usableFromInline
    mutating func close(_ name: StaticString) {
        write("</")
        write(name)
        write(byte: UInt8(ascii: ">"))
    }

    @inlinable
    mutating func write(element name: StaticString, _ attributes: [Attribute], content: (inout HTML) -> Void) {
        open(name, attributes)
        content(&self)
        close(name)
    }

    @usableFromInline
    mutating func write(element name: StaticString, _ attributes: [Attribute], text: String?) {
        open(name, attributes)
        self.text(text)
        close(name)
    }

    @usableFromInline
    mutating func write(void name: StaticString, _ attributes: [Attribute], close: StaticString = ">") {
        write(byte: UInt8(ascii: "<"))
        write(name)
        for attribute in attributes { write(attribute) }
        write(close)
    }

    private static func isRawText(_ name: StaticString) -> Bool {
        guard name.utf8CodeUnitCount == 5 || name.utf8CodeUnitCount == 6 else { return false }
        return ["script", "style"].contains(String(describing: name).lowercased())
    }
}
