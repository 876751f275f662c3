import Foundation

/// The public files that some tests read when they are at hand: `MAILLAGE_TEST_DATA`, or `shared/data` beside the
/// checkout. A test that finds none says so and passes.
enum SharedData {
    static var root: URL? {
        let folder =
            ProcessInfo.processInfo.environment["MAILLAGE_TEST_DATA"].map { URL(filePath: $0) }
            ?? URL(filePath: #filePath).appending(path: "../../../../shared/data").standardized
        return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
    }

    /// The files of a folder whose names end so, in order; empty, with a printed word, when there is no folder.
    static func files(_ folder: String, ending: String) -> [URL] {
        guard let root, let names = try? FileManager.default.contentsOfDirectory(atPath: root.path + "/" + folder)
        else {
            print("skipped: no test data in \(folder)")
            return []
        }
        return names.filter { $0.hasSuffix(ending) }.sorted().map { root.appending(path: folder).appending(path: $0) }
    }

    static func bytes(_ url: URL) throws -> [UInt8] { [UInt8](try Data(contentsOf: url)) }
}

extension String {
    var bytes: [UInt8] { Array(utf8) }
}
