import Foundation
import Storage
import Workbench

@testable import Maillage
@testable import MaillageWeb

/// A data directory with signed-in people, for `maillage serve` to be run on, killed and run again.
struct StandingSite: Sendable {
    struct Person: Sendable {
        let account: Principal.ID
        let session: String
    }

    let folder: String
    let people: [Person]

    var file: String { folder + "/maillage.sqlite" }
    var arguments: [String] { ["serve", "--data", folder, "--port", "0"] }

    /// Makes the directory, its database and its people, each holding `grants`.
    init(_ folder: String, people count: Int, _ grants: [Grant] = []) async throws {
        self.folder = folder
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        guard FileManager.default.createFile(atPath: folder + "/forms.key", contents: Data(Caller.secret)) else {
            throw StorageError.unavailable(folder)
        }
        // Its people have no second factor: what they try is something else.
        try Data("second_factor = \"offered\"\n".utf8).write(to: URL(fileURLWithPath: folder + "/maillage.toml"))
        people = try await withDatabase(folder + "/maillage.sqlite") { database in
            _ = try await database.migrate(Schema.migrations)
            let desk = Desk(database: database, surroundings: .live(), listeners: [])
            let head = LetterHead(networkName: "Essai", baseURL: "http://127.0.0.1", contactEmail: "aide@reseau.test")
            var people: [Person] = []
            for index in 0..<count {
                let account = try await desk.perform(
                    AddAccount(
                        email: try EmailAddress("p\(index)@exemple.fr"), name: try PersonName("Personne \(index)")),
                    as: .house)
                for grant in grants {
                    _ = try await desk.perform(GrantRole(grant, to: account, reason: "essai", head: head), as: .house)
                }
                let opened = try await desk.perform(OpenSession(account: account, device: "essai"), as: .house)
                people.append(Person(account: account, session: opened.secret.text))
            }
            return people
        }
    }

    /// The name each person has in the file, and how many times they changed it by the journal.
    func names() async throws -> [(name: String, changes: Int)] {
        try await withDatabase(file) { database in
            try await database.read { reader in
                try people.map { person in
                    let name = try reader.one("SELECT name FROM account WHERE id = \(person.account)") {
                        try $0.text(0)
                    }
                    let changes = try reader.count(
                        "SELECT COUNT(*) FROM journal WHERE verb = 'RenameAccount' AND actor = \(person.account)")
                    return (name ?? "", changes)
                }
            }
        }
    }
}

/// Numbers that repeat from a seed (SplitMix64), so that a failure can be run again.
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// How long the trials are.
enum Battery {
    /// `MAILLAGE_BATTERY=1` (`make battery`) runs the long version; CI runs the short one.
    static let isLong = ProcessInfo.processInfo.environment["MAILLAGE_BATTERY"] == "1"
    static let seed = ProcessInfo.processInfo.environment["MAILLAGE_SEED"].flatMap { UInt64($0) } ?? 20_261_122

    /// Both engines in the long version; the short one tries what is said once on the embedded one.
    static var engines: [TestEngine] { isLong ? TestEngine.available : [.sqlite] }

    static func count(short: Int, long: Int) -> Int { isLong ? long : short }
}
