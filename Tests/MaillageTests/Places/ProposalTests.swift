import Testing
import Workbench

@testable import Maillage

@Suite("Corrections proposed by visitors") struct ProposalTests {
    private func propose(
        _ world: PlaceWorld, _ place: Place, kind: PlaceProposal.Kind = .correction,
        values: [SheetField: SheetValue?] = [.phone: .text("0321000009")], email: String = "voisine@exemple.fr"
    ) -> ProposeCorrection {
        ProposeCorrection(
            place: place.id, kind: kind, values: values, comment: "Vu en passant", email: email, head: world.head)
    }

    private func confirm(_ world: PlaceWorld) async throws {
        let letter = try #require(try await world.letters(to: "voisine@exemple.fr").last)
        let line = try #require(letter.text.split(separator: "\n").first { $0.contains("/propositions/") })
        let secret = try #require(Secret(text: String(line.split(separator: "/").last ?? "")))
        _ = try await world.desk.perform(ConfirmProposal(secret: secret), as: .visitor)
        #expect(try await world.refusal(ConfirmProposal(secret: secret), as: .visitor) is Missing)
    }

    // PLA-14
    @Test("count once confirmed by mail, and are decided field by field", arguments: TestEngine.available)
    func journey(_ engine: TestEngine) async throws {
        try await PlaceWorld.on(engine) { world in
            let place = try await world.place()
            let editor = try await world.editor(of: place)
            let id = try await world.desk.perform(
                propose(world, place, values: [.phone: .text("0321000009"), .summary: .text("Fablab")]), as: .visitor)
            #expect(try await world.database.read { try ProposalStore.openCount(editor, $0) } == 0)
            #expect(
                try await world.refusal(
                    DecideProposal(proposal: id, accepted: [.phone], head: world.head), as: editor) is Missing)
            try await confirm(world)
            #expect(try await world.database.read { try ProposalStore.open(editor, $0) }.map(\.id) == [id])
            #expect(try await world.database.read { try ProposalStore.openCount(.visitor, $0) } == 0)
            let stranger = try await world.person("etrangere")
            #expect(
                try await world.refusal(
                    DecideProposal(proposal: id, accepted: [.phone], head: world.head), as: stranger) is Missing)
            try await world.desk.perform(
                DecideProposal(proposal: id, accepted: [.phone], head: world.head), as: editor)
            let sheet = try #require(try await world.read(place.id)).sheet
            #expect(sheet.text(.phone) == "0321000009" && sheet[.summary] == nil)
            #expect(try await world.letters(to: "voisine@exemple.fr").count == 2)
            #expect(
                try await world.refusal(
                    DecideProposal(proposal: id, accepted: [.summary], head: world.head), as: editor) is Problems)
        }
    }

    // PLA-15
    @Test("a report of closing, once accepted, closes the place and keeps its page", arguments: TestEngine.available)
    func closing(_ engine: TestEngine) async throws {
        try await PlaceWorld.on(engine) { world in
            let place = try await world.place()
            let coordinator = try await world.coordinator()
            let id = try await world.desk.perform(propose(world, place, kind: .closing, values: [:]), as: .visitor)
            try await confirm(world)
            try await world.desk.perform(
                DecideProposal(proposal: id, accepted: [], closes: true, head: world.head), as: coordinator)
            #expect(try await world.read(place.id, as: .visitor)?.sheet.maturity == .closed)
        }
    }

    // PLA-16
    @Test(
        "are refused when empty, unsigned, about what may not be proposed or of a place one may not see",
        arguments: TestEngine.available)
    func refusals(_ engine: TestEngine) async throws {
        try await PlaceWorld.on(engine) { world in
            let place = try await world.place(
                "La Courée", [.phone: .text("0320000001"), .privateFields: .codes(["telephone"])])
            let unsigned = try await world.refusal(
                propose(world, place, values: [.summary: .text("x")], email: "?"), as: .visitor)
            #expect((unsigned as? Problems)?.messages(for: "courriel_auteur").isEmpty == false)
            let nothing = ProposeCorrection(
                place: place.id, kind: .correction, values: [.phone: .text("0320000002"), .siret: .text("1")],
                comment: "",
                email: "voisine@exemple.fr", head: world.head)
            #expect(try await world.refusal(nothing, as: .visitor) is Problems)
            let hidden = try await world.place("Projet X", seenBy: .hidden)
            #expect(try await world.refusal(propose(world, hidden), as: .visitor) is Missing)
            let decided = try await world.desk.perform(
                propose(world, place, values: [.summary: .text("x")]), as: .visitor)
            try await confirm(world)
            let silent = DecideProposal(proposal: decided, accepted: [], head: world.head)
            #expect((try await world.refusal(silent, as: .house) as? Problems)?.messages(for: "motif").isEmpty == false)
        }
    }

    // PLA-17
    @Test("are limited for one address", arguments: TestEngine.available)
    func throttled(_ engine: TestEngine) async throws {
        try await PlaceWorld.on(engine) { world in
            let place = try await world.place()
            for number in 0..<10 {
                _ = try await world.desk.perform(
                    propose(world, place, values: [.summary: .text("\(number)")]), as: .visitor)
            }
            #expect(try await world.refusal(propose(world, place), as: .visitor) is Throttled)
        }
    }
}
