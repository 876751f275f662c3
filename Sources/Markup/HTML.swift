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
///
/// A page has one writer: `HTML` cannot be copied, it is lent (`inout`) from view to view.
public struct HTML: ~Copyable, Sendable {
    private var builder: ByteBuilder

    /// An empty page; `capacity` is a guess at its size in bytes, so that the buffer grows seldom.
    public init(capacity: Int = 16_384) {
        builder = ByteBuilder(capacity: capacity)
    }

    /// What has been written so far, copied: UTF-8.
    public var bytes: [UInt8] { builder.withBytes { Array($0) } }

    /// What has been written so far, lent for the time of a call: for those who copy it into a response themselves.
    public func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result { builder.withBytes(body) }

    /// What has been written so far, as text: for tests and mails.
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
        fragment.bytes.withUnsafeBufferPointer { write(contentsOf: $0) }
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

    mutating func write(_ literal: StaticString) {
        if literal.hasPointerRepresentation {
            builder.append(literal.utf8Start, count: literal.utf8CodeUnitCount)
        } else {
            literal.withUTF8Buffer { write(contentsOf: $0) }
        }
    }

    mutating func write(byte: UInt8) {
        builder.append(byte)
    }

    mutating func write(contentsOf run: UnsafeBufferPointer<UInt8>) {
        guard let start = run.baseAddress else { return }
        builder.append(start, count: run.count)
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
