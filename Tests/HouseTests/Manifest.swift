/// What `Package.swift` says, read as text: the ladder, and what each target declares it depends on.
struct Manifest {
    let ladder: [String]
    /// Modules each target may import, by the target's name.
    let dependencies: [String: Set<String>]

    struct Unreadable: Error {}

    static func read() throws -> Manifest {
        let text = try Checkout.text("Package.swift")
        guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix("let ladder = [") }) else {
            throw Unreadable()
        }
        var dependencies: [String: Set<String>] = [:]
        for kind in [".target(", ".executableTarget(", ".testTarget("] {
            for block in text.components(separatedBy: kind).dropFirst() {
                guard let name = quoted(block).first else { continue }
                dependencies[name] = declared(in: block)
            }
        }
        return Manifest(ladder: quoted(String(line)), dependencies: dependencies)
    }

    /// The names of the first `dependencies: […]` before the block ends.
    private static func declared(in block: String) -> Set<String> {
        let parts = block.components(separatedBy: "dependencies: [")
        guard parts.count > 1, !parts[0].contains("swiftSettings") else { return [] }
        let list = parts[1].prefix { $0 != "]" }
        return list.components(separatedBy: "package: \"").enumerated().reduce(into: Set<String>()) { names, part in
            // What stands first in each part after `package: "` is the package's own name.
            let own = part.offset == 0 ? part.element : String(part.element.drop { $0 != "\"" }.dropFirst())
            names.formUnion(quoted(own))
        }
    }

    private static func quoted(_ text: String) -> [String] {
        let parts = text.split(separator: "\"", omittingEmptySubsequences: false)
        return stride(from: 1, to: parts.count, by: 2).map { String(parts[$0]) }
    }
}

extension String {
    fileprivate func components(separatedBy mark: String) -> [String] {
        var parts: [String] = []
        var rest = self[...]
        while let found = rest.firstRange(of: mark) {
            parts.append(String(rest[..<found.lowerBound]))
            rest = rest[found.upperBound...]
        }
        return parts + [String(rest)]
    }
}
