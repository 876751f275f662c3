import Testing

/// A feature may mention those before it in the ladder of `Package.swift`, never those after; Kernel mentions none.
@Suite struct LadderTests {
    /// Mentions allowed against the order: `path: Type`, each with its reason.
    private static let exceptions: Set<String> = []

    private struct Reading {
        let file: SourceFile
        let code: String
    }

    @Test func theLadderNamesEveryFeatureOnce() throws {
        let ladder = try Manifest.read().ladder
        #expect(ladder.sorted() == (try Checkout.folders(in: "Sources/Features")))
        #expect(Set(ladder).count == ladder.count)
        for feature in ladder {
            let rooms = try Checkout.folders(in: "Sources/Features/\(feature)")
            #expect(Set(rooms).isSubset(of: ["Domain", "Web"]), "\(feature) has a room of another kind")
        }
    }

    @Test func noFeatureMentionsALaterOne() throws {
        let ladder = try Manifest.read().ladder
        let readings = Checkout.sources.filter { $0.feature != nil || $0.path.hasPrefix("Sources/Kernel/") }
            .map { Reading(file: $0, code: $0.code) }
        var home: [String: String] = [:]
        for reading in readings {
            guard let feature = reading.file.feature else { continue }
            for name in SourceFile.declaredTypes(in: reading.code) { home[name] = feature }
        }
        #expect(home["Account"] == "Accounts", "the declarations are read")
        #expect(home["PlaceStore"] == "Places", "the declarations are read")
        let nested = Dictionary(grouping: readings) { $0.file.feature ?? "Kernel" }
            .mapValues { $0.reduce(into: Set<String>()) { $0.formUnion(SourceFile.allTypes(in: $1.code)) } }
        for reading in readings {
            let own = reading.file.feature ?? "Kernel"
            let rank = ladder.firstIndex(of: own) ?? -1
            for name in SourceFile.typeNames(in: reading.code).sorted() {
                guard let owner = home[name], owner != own, let later = ladder.firstIndex(of: owner), later > rank
                else {
                    continue
                }
                // A name of its own that a later feature also uses.
                if nested[own]?.contains(name) == true { continue }
                let mention = "\(reading.file.path): \(name)"
                #expect(Self.exceptions.contains(mention), "\(mention) belongs to \(owner), which comes later")
            }
        }
    }

    @Test func anIdentifierIsTakenForWhatItIs() {
        let code = SwiftCode.of(
            """
            /// Mentions Circle in a comment.
            struct Own { let text = "Place \\(Account.name("Agenda")) end" } // Call
            let nested = Sheet.Place()
            """)
        #expect(SourceFile.typeNames(in: code) == ["Own", "Account", "Sheet"])
        #expect(SourceFile.declaredTypes(in: code) == ["Own"])
    }
}
