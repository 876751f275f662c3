/// A feed of news as RFC 4287 (Atom) writes it.
public struct AtomFeed: Sendable {
    /// One news. Instants are microseconds since 1970-01-01 00:00 UTC.
    public struct Entry: Sendable {
        /// An address that never changes, even if the page moves (`tag:` or `urn:uuid:` or the first address).
        public var id: String
        public var title: String
        public var updated: Int64
        public var published: Int64?
        /// The page to read.
        public var link: String?
        /// A few words of plain text.
        public var summary: String?
        /// The whole, as HTML that is already safe to show.
        public var html: String?
        /// Name of the author when it is not the feed's.
        public var author: String?
        public var categories: [String]

        public init(
            id: String, title: String, updated: Int64, published: Int64? = nil, link: String? = nil,
            summary: String? = nil, html: String? = nil, author: String? = nil, categories: [String] = []
        ) {
            self.id = id
            self.title = title
            self.updated = updated
            self.published = published
            self.link = link
            self.summary = summary
            self.html = html
            self.author = author
            self.categories = categories
        }
    }

    /// An address that never changes.
    public var id: String
    public var title: String
    public var subtitle: String?
    /// Absolute address of the feed itself.
    public var address: String
    /// Absolute address of the page that shows the same news.
    public var page: String?
    /// RFC 4287 wants an author for every entry: this one serves those that name none.
    public var author: String
    /// Newest first.
    public var entries: [Entry]
    /// The instant to show when there is no entry, in microseconds since 1970-01-01 00:00 UTC.
    public var updated: Int64

    /// The media type to answer with.
    public static let mediaType = "application/atom+xml; charset=utf-8"

    public init(
        id: String, title: String, subtitle: String? = nil, address: String, page: String? = nil, author: String,
        updated: Int64 = 0, entries: [Entry]
    ) {
        self.id = id
        self.title = title
        self.subtitle = subtitle
        self.address = address
        self.page = page
        self.author = author
        self.updated = updated
        self.entries = entries
    }

    /// The whole document, in UTF-8. The same feed always gives the same bytes.
    public func bytes() -> [UInt8] {
        var out = Array("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n".utf8)
        out += Array("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"fr\">\n".utf8)
        XMLText.element("id", id, into: &out)
        XMLText.element("title", title, into: &out)
        XMLText.element("subtitle", subtitle, into: &out)
        XMLText.element("updated", Self.instant(entries.map(\.updated).max() ?? updated), into: &out)
        XMLText.empty("link", [("rel", "self"), ("type", "application/atom+xml"), ("href", address)], into: &out)
        if let page {
            XMLText.empty("link", [("rel", "alternate"), ("type", "text/html"), ("href", page)], into: &out)
        }
        Self.author(author, into: &out)
        for entry in entries { write(entry, into: &out) }
        out += Array("</feed>\n".utf8)
        return out
    }

    private func write(_ entry: Entry, into out: inout [UInt8]) {
        out += Array("<entry>\n".utf8)
        XMLText.element("id", entry.id, into: &out)
        XMLText.element("title", entry.title, into: &out)
        XMLText.element("updated", Self.instant(entry.updated), into: &out)
        XMLText.element("published", entry.published.map(Self.instant), into: &out)
        if let link = entry.link {
            XMLText.empty("link", [("rel", "alternate"), ("type", "text/html"), ("href", link)], into: &out)
        }
        if let author = entry.author { Self.author(author, into: &out) }
        for category in entry.categories { XMLText.empty("category", [("term", category)], into: &out) }
        XMLText.element("summary", entry.summary, into: &out)
        XMLText.element("content", entry.html, [("type", "html")], into: &out)
        out += Array("</entry>\n".utf8)
    }

    private static func author(_ name: String, into out: inout [UInt8]) {
        out += Array("<author>".utf8)
        XMLText.element("name", name, into: &out)
        out += Array("</author>\n".utf8)
    }

    private static func instant(_ microseconds: Int64) -> String {
        "\(CivilZone.utc.local(microseconds))Z"
    }
}
