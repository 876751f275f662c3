import Foundation
import Testing
import Workbench

@testable import Maillage
@testable import MaillageWeb

/// The first account of a network that several nodes serve.
@Suite struct FirstAccountNodeTests {
    // ACC-60
    @Test func theCodeIsTheNetworksAndChangesWithItsAdministration() {
        let keys = Keys(secret: [UInt8](repeating: 7, count: 32))
        let code = keys.firstAccountCode(after: 0).text
        #expect(Keys(secret: [UInt8](repeating: 7, count: 32)).firstAccountCode(after: 0).text == code)
        #expect(keys.firstAccountCode(after: 1).text != code)
        #expect(Keys(secret: [UInt8](repeating: 8, count: 32)).firstAccountCode(after: 0).text != code)
    }

    // ACC-60
    @Test(.enabled(if: TestEngine.postgresURL != nil))
    func whatOneConsoleShowsTheOtherNodeTakes() async throws {
        try await withFreshLocation(.postgres) { location in
            guard case .postgres(let url) = location else { return }
            try await withFolder { folder in
                func start(_ node: String) throws -> Program {
                    try Program(
                        ["serve", "--data", folder + "/data", "--port", "0"],
                        ["MAILLAGE_DATABASE_URL": url, "MAILLAGE_NODE": node])
                }
                func code(_ node: Program) -> String? {
                    node.out.split(separator: "\n").first { $0.contains("/premier-compte") }?.split(separator: " ")
                        .first
                        .map(String.init)
                }
                let one = try start("n1")
                _ = try await one.port()
                let two = try start("n2")
                let port = try await two.port()
                let shown = try #require(code(one))
                #expect(code(two) == shown)
                let secret = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder + "/data/forms.key")))
                let path = "/premier-compte"
                let token = Keys(secret: secret).formToken(
                    for: path, account: nil, now: Surroundings.live().now(), mask: [UInt8](repeating: 9, count: 24))
                let caller = Caller(port: port)
                func submit(_ code: String) async throws -> Reply {
                    try await caller.submit(
                        path,
                        [
                            ("code", code), ("email", "lea@exemple.fr"), ("name", "Léa Martin"),
                            ("password", "agrafe cheval batterie"),
                        ],
                        token: token)
                }
                #expect(try await submit("0000-0000-0000").status == 422)
                #expect(try await submit(shown).status == 303)
                // Nowhere is there such a page any more.
                #expect(try await caller.get(path).status == 404)
                #expect(try await Caller(port: try await one.port()).get(path).status == 404)
                for node in [one, two] {
                    node.signal(SIGTERM)
                    #expect(await node.end(within: 120) == 0)
                }
            }
        }
    }
}
