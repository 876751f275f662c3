import Testing

/// A link of the documentation leads somewhere.
@Suite struct LinkTests {
    private static let pages =
        Checkout.paths(under: "docs").filter { $0.hasSuffix(".md") }
        + ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"]

    @Test func linksOfTheDocumentationResolve() throws {
        var count = 0
        for page in Self.pages {
            let folder = page.split(separator: "/").dropLast()
            for target in Self.targets(try Checkout.text(page)) {
                guard !target.hasPrefix("http://"), !target.hasPrefix("https://"), !target.hasPrefix("mailto:") else {
                    continue
                }
                let (path, anchor) = Self.parts(target)
                let file = path.isEmpty ? page : Self.resolve(path, from: Array(folder))
                #expect(Checkout.exists(file), "\(page) links to \(target)")
                count += 1
                guard let anchor, file.hasSuffix(".md"), Checkout.exists(file) else { continue }
                #expect(
                    Self.anchors(try Checkout.text(file)).contains(anchor), "\(page): \(file) has no heading #\(anchor)"
                )
            }
        }
        #expect(count > 10)
    }

    @Test func namedFilesExist() throws {
        for page in ["docs/ARCHITECTURE.md", "docs/GLOSSARY.md", "docs/RULES.md", "docs/THREATS.md", "CONTRIBUTING.md"]
        {
            let words = try Checkout.text(page).split(separator: "`", omittingEmptySubsequences: false)
            for place in stride(from: 1, to: words.count, by: 2) {
                let word = String(words[place])
                let isPath = ["Sources/", "Tests/", "docs/", "setup/"].contains { word.hasPrefix($0) }
                guard isPath, !word.contains(where: { " *<>{}…".contains($0) }) else { continue }
                let path = word.hasSuffix("/") ? String(word.dropLast()) : word
                #expect(Checkout.exists(path), "\(page) names \(word)")
            }
        }
    }

    /// What stands between `](` and `)`, code fences left out.
    private static func targets(_ text: String) -> [String] {
        var targets: [String] = []
        var isCode = false
        for line in text.split(separator: "\n") {
            if line.hasPrefix("```") { isCode.toggle() }
            guard !isCode else { continue }
            var rest = line[...]
            while let start = rest.firstRange(of: "](") {
                rest = rest[start.upperBound...]
                targets.append(String(rest.prefix { $0 != ")" }))
            }
        }
        return targets
    }

    private static func parts(_ target: String) -> (path: String, anchor: String?) {
        guard let mark = target.firstIndex(of: "#") else { return (target, nil) }
        return (String(target[..<mark]), String(target[target.index(after: mark)...]))
    }

    private static func resolve(_ path: String, from folder: [Substring]) -> String {
        var parts = folder
        for part in path.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return parts.joined(separator: "/")
    }

    /// The anchors that forges make of headings.
    private static func anchors(_ text: String) -> Set<String> {
        var anchors: Set<String> = []
        for line in text.split(separator: "\n") where line.hasPrefix("#") {
            let title = line.drop { $0 == "#" || $0 == " " }.lowercased()
            anchors.insert(
                String(
                    title.compactMap {
                        $0 == " " ? "-" : $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" ? $0 : nil
                    }))
        }
        return anchors
    }
}
