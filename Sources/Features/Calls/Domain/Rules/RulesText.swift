/// The règlement as text: a title, a line, then numbered articles. The page, the PDF and the fingerprint are made of this text
/// and of nothing else, so that what is read is what was frozen.
public struct RulesText: Sendable, Equatable {
    public struct Article: Sendable, Equatable {
        public enum Block: Sendable, Equatable {
            case paragraph(String)
            case items([String])
        }

        public var title: String
        public var blocks: [Block]
    }

    public var title: String
    public var subtitle: String
    public var articles: [Article] = []

    /// The canonical text: UTF-8, lines ended by U+000A, an empty line before each article, `- ` before the items of a list.
    public var text: String {
        var lines = [title, subtitle]
        for (index, article) in articles.enumerated() {
            lines.append("")
            lines.append("Article \(index + 1) – \(article.title)")
            for block in article.blocks {
                switch block {
                case .paragraph(let text): lines.append(text)
                case .items(let items): lines += items.map { "- " + $0 }
                }
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Reads a canonical text back; what it does not recognise becomes a paragraph.
    public init(reading text: String) {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)[...]
        title = lines.popFirst() ?? ""
        subtitle = lines.popFirst() ?? ""
        var isAfterGap = false
        for line in lines {
            if line.isEmpty {
                isAfterGap = true
                continue
            }
            if isAfterGap, line.hasPrefix("Article "), let dash = line.firstRange(of: " – ") {
                articles.append(Article(title: String(line[dash.upperBound...]), blocks: []))
            } else if let last = articles.indices.last {
                articles[last].take(line)
            }
            isAfterGap = false
        }
    }

    init(title: String, subtitle: String) {
        self.title = title
        self.subtitle = subtitle
    }

    /// SHA-256 of a text's UTF-8, in lower-case hexadecimal: what `sha256sum` prints for the file.
    public static func fingerprint(_ text: String) -> String {
        Fingerprint(of: text.utf8).text
    }
}

extension RulesText.Article {
    mutating func take(_ line: String) {
        guard line.hasPrefix("- ") else {
            blocks.append(.paragraph(line))
            return
        }
        let item = String(line.dropFirst(2))
        if case .items(let items)? = blocks.last {
            blocks[blocks.count - 1] = .items(items + [item])
        } else {
            blocks.append(.items([item]))
        }
    }

    /// Adds the lines of a text written by people, as paragraphs. Their list marks make lists too.
    mutating func add(_ text: String) {
        for line in text.split(whereSeparator: \.isNewline) {
            let bare =
                line.hasPrefix("– ") || line.hasPrefix("• ") || line.hasPrefix("* ")
                ? "- " + line.dropFirst(2) : String(line)
            take(bare)
        }
    }
}
