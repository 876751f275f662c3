/// HTML written straight into bytes: no node tree, no reflection, one buffer per page.
///
/// Text and attribute values are escaped, always. Names of elements and attributes are `StaticString`, so data can never
/// become one. What is already HTML enters only as a literal of the program (`raw`) or as a `TrustedHTML`, which only this
/// type makes.
///
/// ```swift
/// html.article(.class("card")) { html in
///     html.h2 { $0.a(place.name, .href(url)) }
///     html.p(place.summary)
/// }
/// ```
public struct HTML: Sendable {
    /// What has been written so far: UTF-8.
    public private(set) var bytes: [UInt8]

    /// An empty page; `capacity` is a guess at its size in bytes, so that the buffer grows seldom.
    public init(capacity: Int = 16_384) {
        bytes = []
        bytes.reserveCapacity(capacity)
    }

    /// The bytes read as text, for tests and mails; pages send `bytes`.
    public var string: String { String(decoding: bytes, as: UTF8.self) }

    /// Writes escaped text; nothing when it is nil. Control characters that no page may hold are left out.
    public mutating func text(_ text: String?) {
        guard let text else { return }
        writeEscaped(text)
    }

    /// Writes a whole number in plain digits. A number for people goes through the site's French format first.
    public mutating func text(_ number: Int) {
        write(number: number)
    }

    /// Writes user text as paragraphs: an empty line begins a new one, a single line end becomes `<br>`.
    public mutating func paragraphs(_ text: String?) {
        guard let text else { return }
        for paragraph in TextLines.paragraphs(of: text) {
            p { html in
                for (index, line) in paragraph.enumerated() {
                    if index > 0 { html.br() }
                    html.text(line)
                }
            }
        }
    }

    /// Writes HTML that is a literal of the program, as it is.
    public mutating func raw(_ literal: StaticString) {
        write(literal)
    }

    /// Writes HTML made earlier by `HTML.fragment`.
    public mutating func include(_ fragment: TrustedHTML?) {
        guard let fragment else { return }
        bytes.append(contentsOf: fragment.bytes)
    }

    /// Writes a view here.
    @inlinable
    public mutating func add(_ view: some View) {
        view.render(into: &self)
    }

    /// Writes a view here when there is one.
    @inlinable
    public mutating func add(_ view: (some View)?) {
        view?.render(into: &self)
    }

    /// HTML kept for later: a caption rendered once, a cell handed to a component.
    public static func fragment(_ content: (inout HTML) -> Void) -> TrustedHTML {
        var html = HTML(capacity: 256)
        content(&html)
        return TrustedHTML(bytes: html.bytes)
    }

    /// The text of a fragment, for tests and mails.
    public static func string(_ content: (inout HTML) -> Void) -> String {
        String(decoding: fragment(content).bytes, as: UTF8.self)
    }

    @usableFromInline
    mutating func write(_ literal: StaticString) {
        literal.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    mutating func write(byte: UInt8) {
        bytes.append(byte)
    }

    mutating func write(contentsOf run: UnsafeBufferPointer<UInt8>) {
        bytes.append(contentsOf: run)
    }
}

/// HTML that Markup itself has written and escaped; nothing else can make one.
public struct TrustedHTML: Sendable, Equatable {
    let bytes: [UInt8]

    /// True when nothing was written.
    public var isEmpty: Bool { bytes.isEmpty }
}

/// Something that knows how to write itself as HTML.
public protocol View {
    /// Appends the view's HTML.
    func render(into html: inout HTML)
}

extension View {
    /// The whole view as bytes; `capacity` is a guess at their number.
    public func rendered(capacity: Int = 16_384) -> [UInt8] {
        var html = HTML(capacity: capacity)
        render(into: &html)
        return html.bytes
    }
}
