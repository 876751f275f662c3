import Foundation

/// What `/proc` says of processes and volumes (proc(5)), as far as this user may know. Nothing where there is none.
enum ProcessTable {
    /// The names of the programs that have a file open.
    static func holders(of path: String) -> [String] {
        let wanted = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        return processes().filter { process in
            names(in: "/proc/\(process)/fd").contains { link("/proc/\(process)/fd/\($0)") == wanted }
        }.map { text("/proc/\($0)/comm").trimmingCharacters(in: .whitespacesAndNewlines) }
    }

    /// How many descriptors the site that serves may open; nil when none is seen.
    static func descriptorsOfTheSite() -> Int? {
        for process in processes() where link("/proc/\(process)/exe")?.hasSuffix("/maillage") == true {
            let words = text("/proc/\(process)/cmdline").split(separator: "\0")
            guard words.dropFirst().first == "serve" || words.dropFirst().first == "demo" else { continue }
            let line = text("/proc/\(process)/limits").split(separator: "\n").first { $0.hasPrefix("Max open files") }
            if let count = line?.split(separator: " ").dropFirst(3).first.flatMap({ Int($0) }) { return count }
        }
        return nil
    }

    /// The kind of the file system that holds a path: the longest mount point that leads to it.
    static func fileSystem(of path: String) -> String? {
        let wanted = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        var best: (point: Substring, kind: Substring)?
        for line in text("/proc/self/mounts").split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count > 2 else { continue }
            let point = words[1]
            let leads = wanted == point || point == "/" || wanted.hasPrefix(point + "/")
            if leads, point.utf8.count >= best?.point.utf8.count ?? 0 { best = (point, words[2]) }
        }
        return best.map { String($0.kind) }
    }

    private static func processes() -> [String] {
        names(in: "/proc").filter { $0.utf8.allSatisfy { (48...57).contains($0) } }
    }

    // A process may end while it is looked at, or belong to somebody else: it then says nothing.

    private static func names(in folder: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    }

    private static func link(_ path: String) -> String? {
        try? FileManager.default.destinationOfSymbolicLink(atPath: path)
    }

    private static func text(_ path: String) -> String {
        (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    }
}
