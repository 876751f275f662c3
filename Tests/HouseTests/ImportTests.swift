import Testing

/// Who may know what: the domain knows no HTTP and no engine, one module knows the engines, and targets say what they use.
@Suite struct ImportTests {
    private static let engines: Set<String> = ["CSQLite", "CLibPQ"]

    @Test func theDomainKnowsNoHTTPNoPageAndNoEngine() {
        let outside: Set<String> = [
            "Hummingbird", "HummingbirdCore", "NIOCore", "NIOPosix", "NIOHTTP1", "NIOHTTPTypes", "NIOHTTPTypesHTTP1",
            "HTTPTypes", "AsyncHTTPClient", "Markup", "MaillageWeb", "Workbench",
        ]
        let refused = outside.union(Self.engines)
        let domain = Checkout.sources.filter { $0.module == "Maillage" }
        #expect(domain.count > 50)
        for file in domain {
            #expect(
                file.imports.isDisjoint(with: refused),
                "\(file.path) imports \(file.imports.intersection(refused).sorted())")
        }
    }

    @Test func onlyStorageKnowsTheEngines() {
        for file in Checkout.sources where file.module != "Storage" {
            #expect(file.imports.isDisjoint(with: Self.engines), "\(file.path) speaks to an engine: Storage does")
        }
    }

    @Test func theGroundFloorKnowsNothingOfMaillage() {
        for file in Checkout.sources where ["Storage", "Markup", "Geography", "Exchange"].contains(file.module) {
            let own: Set<String> = [
                "Storage", "Markup", "Geography", "Exchange", "Maillage", "MaillageWeb", "Workbench",
            ]
            let others = file.imports.intersection(own)
            #expect(others.isEmpty, "\(file.path) imports \(others.sorted())")
        }
    }

    @Test func aTargetDeclaresWhatItsFilesImport() throws {
        let declared = try Manifest.read().dependencies
        #expect(declared["Storage"] == ["CSQLite", "CLibPQ", "Crypto"], "the manifest is read")
        // What comes with Swift itself, or with a product that is declared (swift-subprocess shows SystemPackage).
        let given: Set<String> = [
            "Foundation", "FoundationEssentials", "Glibc", "Musl", "Darwin", "Dispatch", "Synchronization", "System",
            "SystemPackage",
            "Testing",
        ]
        for file in Checkout.sources + Checkout.tests {
            let known = try #require(declared[file.module], "\(file.path) belongs to no target of the manifest")
            let unsaid = file.imports.subtracting(known).subtracting(given)
            #expect(
                unsaid.isEmpty,
                "\(file.path) imports \(unsaid.sorted()), not declared by \(file.module) in Package.swift")
        }
    }
}
