import ArgumentParser
import Foundation
import Maillage

/// Where the data is, and how to be reached: they win over the environment and the file.
struct HouseOptions: ParsableArguments {
    @Option(help: "Directory of the database, photos and caches.")
    var data: String?

    /// The settings of the environment, of `maillage.toml` in the data directory, and of these options.
    ///
    /// - Parameter folder: where `maillage.toml` is, when it is not in the data directory.
    func settings(host: String? = nil, port: Int? = nil, fileIn folder: String? = nil) throws -> Settings {
        var environment = ProcessInfo.processInfo.environment
        if let data { environment["MAILLAGE_DATA"] = data }
        if let host { environment["MAILLAGE_HOST"] = host }
        if let port { environment["MAILLAGE_PORT"] = String(port) }
        let given = environment["MAILLAGE_DATA"] ?? ""
        let directory = given.isEmpty ? Settings().dataDirectory : given
        return try Settings(
            environment: environment, file: try SettingsFile.read((folder ?? directory) + "/maillage.toml"))
    }
}
