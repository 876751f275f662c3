import Foundation

/// The files of this project, as the tests of its conventions read them.
enum Checkout {
    /// The folder of `Package.swift`.
    static let root: String = {
        var url = URL(fileURLWithPath: #filePath)
        for _ in 0..<3 { url.deleteLastPathComponent() }
        return url.path
    }()

    static func text(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: root + "/" + path)), as: UTF8.self)
    }

    static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root + "/" + path)
    }

    /// Every file under a folder, in order, by its path from the root; hidden ones left out.
    static func paths(under folder: String) -> [String] {
        let options: FileManager.DirectoryEnumerationOptions = [.skipsHiddenFiles]
        let start = URL(fileURLWithPath: root + "/" + folder)
        guard
            let walk = FileManager.default.enumerator(
                at: start, includingPropertiesForKeys: [.isRegularFileKey], options: options)
        else { return [] }
        var paths: [String] = []
        for case let url as URL in walk {
            let isFile = try? url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile
            // What cannot be looked at is no file of ours.
            guard isFile == true, url.path.hasPrefix(root + "/") else { continue }
            paths.append(String(url.path.dropFirst(root.count + 1)))
        }
        return paths.sorted()
    }

    static func folders(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: root + "/" + folder).filter { name in
            var isFolder: ObjCBool = false
            let exists = FileManager.default.fileExists(
                atPath: root + "/" + folder + "/" + name, isDirectory: &isFolder)
            return exists && isFolder.boolValue && !name.hasPrefix(".")
        }.sorted()
    }

    static let sources: [SourceFile] = swift(under: "Sources")
    static let tests: [SourceFile] = swift(under: "Tests")

    private static func swift(under folder: String) -> [SourceFile] {
        paths(under: folder).filter { $0.hasSuffix(".swift") }.compactMap { path in
            (try? text(path)).map { SourceFile(path: path, text: $0) }
        }
    }
}

/// One Swift file.
struct SourceFile: Sendable {
    let path: String
    let text: String

    var name: String { String(path.split(separator: "/").last ?? "") }

    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }

    /// The modules it imports, whatever the access level or the kind it asks for.
    var imports: Set<String> {
        var modules: Set<String> = []
        for line in code.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard let place = words.firstIndex(of: "import"), place + 1 < words.count else { continue }
            let levels: Set<Substring> = ["public", "package", "internal", "private", "fileprivate"]
            guard words[..<place].allSatisfy({ levels.contains($0) || $0.hasPrefix("@") }) else { continue }
            let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
            let named =
                kinds.contains(words[place + 1]) && place + 2 < words.count ? words[place + 2] : words[place + 1]
            modules.insert(String(named.prefix { $0 != "." }))
        }
        return modules
    }

    /// The target that compiles it.
    var module: String {
        let parts = path.split(separator: "/").map(String.init)
        guard parts.first == "Sources", parts.count > 2 else { return parts.dropFirst().first ?? "" }
        switch parts[1] {
        case "Kernel": return "Maillage"
        case "Site": return "MaillageWeb"
        case "Command": return "MaillageCommand"
        case "Features": return parts.count > 3 && parts[3] == "Web" ? "MaillageWeb" : "Maillage"
        default: return parts[1]
        }
    }

    /// The feature it belongs to, if any.
    var feature: String? {
        let parts = path.split(separator: "/")
        return parts.count > 3 && parts[1] == "Features" ? String(parts[2]) : nil
    }
}
