import Testing

/// The form of the house: how files are named, how long they are, and what none of them holds.
@Suite struct FormTests {
    @Test func aFileNameIsUniqueWithinItsModule() {
        for (module, files) in Dictionary(grouping: Checkout.sources + Checkout.tests, by: \.module) {
            let names = Dictionary(grouping: files, by: \.name).filter { $0.value.count > 1 }
            #expect(names.isEmpty, "\(module) has several files named \(names.keys.sorted())")
        }
    }

    @Test func noFileIsLongerThan400Lines() {
        for file in Checkout.sources + Checkout.tests {
            let count = file.lines.count
            #expect(count <= 400, "\(file.path) has \(count) lines: two things live in one room")
        }
    }

    @Test func noFolderSaysNothing() {
        let refused: Set<Substring> = [
            "Utils", "Utilities", "Helpers", "Common", "Core", "Extensions", "Managers", "Services", "Models",
            "Controllers", "Misc",
            "Shared",
        ]
        for file in Checkout.sources {
            let folders = Set(file.path.split(separator: "/").dropLast())
            #expect(folders.isDisjoint(with: refused), "\(file.path): name the folder for what is in it")
        }
    }

    @Test func nothingStopsTheServerForEverybody() {
        let refused = ["try!", "as!", "fatalError(", "preconditionFailure(", "assertionFailure("]
        for file in Checkout.sources {
            let code = file.code
            for word in refused { #expect(!code.contains(word), "\(file.path) holds \(word)") }
        }
    }

    @Test func nothingIsLeftToDoInSilence() {
        // Written in two halves so that this file does not hold them.
        let refused = ["TO" + "DO", "FIX" + "ME", "X" + "XX:", "HA" + "CK:"]
        for file in Checkout.sources + Checkout.tests {
            for word in refused { #expect(!file.text.contains(word), "\(file.path) holds \(word)") }
        }
    }

    @Test func everyActIsAFileOfItsOwn() {
        for file in Checkout.sources where file.feature != nil {
            let acts = file.lines.filter { Self.declaresAct($0) }
            #expect(acts.count <= 1, "\(file.path) declares \(acts.count) acts: one verb, one file")
        }
    }

    /// The first line of the declaration of an act.
    static func declaresAct(_ line: Substring) -> Bool {
        let words = line.split { $0 == " " || $0 == "," || $0 == ":" }
        return !line.hasPrefix(" ") && words.contains("struct") && words.contains("Act")
    }
}
