import Storage
import Testing
import Workbench

@testable import Maillage

@Suite("Photos of a place") struct PhotoActTests {
    /// Files that the vault would hold; the acts only name them.
    static func sizes(_ seed: UInt8) -> [PlacePhoto.Size] {
        [640, 320].map { width in
            PlacePhoto.Size(
                width: width, height: width / 2, file: FileDigest(of: [seed, UInt8(width / 100)]), bytes: width)
        }
    }

    static func words(_ alternative: String = "Un établi") -> PlacePhoto.Words {
        PlacePhoto.Words(alternative: alternative, credit: "Camille Martin", licence: .attribution)
    }

    private static func add(
        _ world: PlaceWorld, _ place: Place, _ alternative: String, _ seed: UInt8 = 1, as principal: Principal = .house
    ) async throws -> PlacePhoto {
        try await world.desk.perform(
            AddPhoto(place: place.id, words: words(alternative), sizes: sizes(seed)), as: principal)
    }

    private static func shown(_ world: PlaceWorld, _ place: Place) async throws -> [String] {
        try await world.database.read { try PlacePhotoStore.photos(of: place.id, $0) }.map(\.words.alternative)
    }

    private static func problem(_ error: any Error, _ field: String) -> String? {
        (error as? Problems)?.messages(for: field).first
    }

    // PHO-1
    @Test(arguments: TestEngine.available)
    func aPhotoIsShownWithItsWordsAndTheHistorySaysIt(_ engine: TestEngine) async throws {
        try await PlaceWorld.on(engine) { world in
            let place = try await world.place()
            let editor = try await world.editor(of: place)
            world.clock.advance(by: .hours(1))
            let photo = try await world.desk.perform(
                AddPhoto(
                    place: place.id,
                    words: PlacePhoto.Words(
                        alternative: "  Un   établi\u{200B}\nde chêne ", credit: "\u{202E}Camille", licence: .open),
                    sizes: Self.sizes(1)), as: editor)
            #expect(photo.words.alternative == "Un établi de chêne")
            #expect(photo.words.credit == "Camille")
            let read = try await world.database.read { try PlacePhotoStore.photos(of: place.id, $0) }
            #expect(read == [photo])
            #expect(read.first?.sizes.map(\.width) == [320, 640])
            #expect(read.first?.addedBy == editor.account)
            let change = try #require(try await world.changes(place.id).first)
            #expect(change.kind == .photoAdded)
            #expect(change.photo == photo.id)
            #expect(change.comment == "Un établi de chêne")
            let now = try #require(try await world.read(place.id))
            #expect(now.version == place.version + 1)
            #expect(now.updatedAt == world.clock.now)
            // Somebody who was writing in the sheet meanwhile is not in conflict with a photo.
            _ = try await world.desk.perform(
                EditPlace(place: place.id, version: place.version, values: [.summary: .text("Après")]), as: editor)
        }
    }

    // PHO-4
    @Test(arguments: TestEngine.available)
    func whatIsSaidOfAPhotoIsAskedFor(_ engine: TestEngine) async throws {
        #expect(throws: Problems.self) { try PhotoRules.words(alternative: " \u{200B}", credit: "", licence: "gpl") }
        do {
            _ = try PhotoRules.words(alternative: " ", credit: "\n", licence: "gpl")
        } catch let problems as Problems {
            #expect(problems.list.map(\.field) == ["alternative", "credit", "licence"])
            #expect(problems.messages(for: "alternative").first?.contains("Décrivez la photo") == true)
        }
        let longest = String(repeating: "é", count: PhotoRules.longestAlternative)
        #expect(try PhotoRules.words(alternative: longest, credit: "C", licence: "cc0-1.0").alternative == longest)
        do {
            _ = try PhotoRules.words(
                alternative: longest + "!", credit: String(repeating: "c", count: 121), licence: "lo-2.0")
            Issue.record("it was accepted")
        } catch let problems as Problems {
            #expect(problems.list.map(\.field) == ["alternative", "credit"])
            #expect(problems.messages(for: "alternative").first?.contains("251 écrits") == true)
        }
        try await PlaceWorld.on(engine) { world in
            let place = try await world.place()
            let refused = try await world.refusal(
                AddPhoto(place: place.id, words: Self.words(" "), sizes: Self.sizes(1)), as: .house)
            #expect(Self.problem(refused, "alternative") != nil)
            let photo = try await Self.add(world, place, "Avant")
            let unsaid = try await world.refusal(
                EditPhoto(place: place.id, photo: photo.id, words: Self.words("")), as: .house)
            #expect(Self.problem(unsaid, "alternative") != nil)
            #expect(try await Self.shown(world, place) == ["Avant"])
        }
    }

    // PHO-2, PHO-5
    @Test(arguments: TestEngine.available)
    func aPlaceShowsSoManyAndAnAccountAddsSoMany(_ engine: TestEngine) async throws {
        try await PlaceWorld.on(engine) { world in
            let place = try await world.place()
            let editor = try await world.editor(of: place)
            for number in 0..<PlacePhoto.most { _ = try await Self.add(world, place, "\(number)", as: editor) }
            let refused = try await world.refusal(
                AddPhoto(place: place.id, words: Self.words(), sizes: Self.sizes(1)), as: editor)
            #expect(Self.problem(refused, "photo")?.contains("12 photos") == true)
            let none = try await world.refusal(
                AddPhoto(place: try await world.place("Autre").id, words: Self.words(), sizes: []), as: .house)
            #expect(Self.problem(none, "photo") == "Choisissez une photo.")
            let photos = try await world.database.read { try PlacePhotoStore.photos(of: place.id, $0) }
            let last = try #require(photos.last)
            for number in photos.count..<60 {
                let newest = try await world.database.read { try PlacePhotoStore.photos(of: place.id, $0) }.last ?? last
                try await world.desk.perform(RemovePhoto(place: place.id, photo: newest.id), as: editor)
                _ = try await Self.add(world, place, "\(number)", as: editor)
            }
            let newest = try await world.database.read { try PlacePhotoStore.photos(of: place.id, $0) }.last ?? last
            try await world.desk.perform(RemovePhoto(place: place.id, photo: newest.id), as: editor)
            let tired = try await world.refusal(
                AddPhoto(place: place.id, words: Self.words(), sizes: Self.sizes(1)), as: editor)
            #expect(tired is Throttled)
        }
    }

    // PHO-1
    @Test(arguments: TestEngine.available)
    func photosAreDescribedAndPutInOrder(_ engine: TestEngine) async throws {
        try await PlaceWorld.on(engine) { world in
            let place = try await world.place()
            var photos: [PlacePhoto] = []
            for (index, name) in ["un", "deux", "trois"].enumerated() {
                photos.append(try await Self.add(world, place, name, UInt8(index)))
            }
            func move(_ index: Int, _ direction: MovePhoto.Direction) async throws -> [String] {
                try await world.desk.perform(
                    MovePhoto(place: place.id, photo: photos[index].id, direction), as: .house)
                return try await Self.shown(world, place)
            }
            #expect(try await move(2, .first) == ["trois", "un", "deux"])
            #expect(try await move(2, .later) == ["un", "trois", "deux"])
            #expect(try await move(1, .earlier) == ["un", "deux", "trois"])
            let lines = try await world.changes(place.id).count
            #expect(try await move(0, .earlier) == ["un", "deux", "trois"])
            #expect(try await move(2, .later) == ["un", "deux", "trois"])
            #expect(try await world.changes(place.id).count == lines, "nothing changed, nothing is written")
            try await world.desk.perform(
                EditPhoto(place: place.id, photo: photos[1].id, words: Self.words("DEUX")), as: .house)
            #expect(try await Self.shown(world, place) == ["un", "DEUX", "trois"])
            #expect(try await world.changes(place.id).first?.kind == .photoEdited)
        }
    }

    // PHO-6, PHO-7
    @Test(arguments: TestEngine.available)
    func aRemovedPhotoCanBePutBackForAMonth(_ engine: TestEngine) async throws {
        try await PlaceWorld.on(engine) { world in
            let place = try await world.place()
            let photo = try await Self.add(world, place, "un")
            _ = try await Self.add(world, place, "deux", 2)
            try await world.desk.perform(RemovePhoto(place: place.id, photo: photo.id), as: .house)
            #expect(try await Self.shown(world, place) == ["deux"])
            #expect(try await world.refusal(RemovePhoto(place: place.id, photo: photo.id), as: .house) is Missing)
            let removal = try #require(try await world.changes(place.id).first)
            #expect(removal.kind == .photoRemoved)
            _ = try await world.desk.perform(UndoPlaceChange(place: place.id, change: removal.id), as: .house)
            #expect(try await Self.shown(world, place) == ["deux", "un"])
            #expect(try await world.changes(place.id).first?.kind == .undo)
            #expect(
                try await world.refusal(UndoPlaceChange(place: place.id, change: removal.id), as: .house) is Problems)
            // An addition is undone too.
            let addition = try #require(
                try await world.changes(place.id).last { $0.kind == .photoAdded && $0.photo != photo.id })
            _ = try await world.desk.perform(UndoPlaceChange(place: place.id, change: addition.id), as: .house)
            #expect(try await Self.shown(world, place) == ["un"])
            #expect(
                try await world.refusal(UndoPlaceChange(place: place.id, change: addition.id), as: .house) is Problems)
            // Its files are named until it is erased.
            let files = Self.sizes(2).map(\.file)
            func named() async throws -> Int {
                try await world.database.read { try PlacePhotoStore.named(files + [FileDigest(of: [])], $0) }.count
            }
            world.clock.advance(by: PlacePhoto.remembered)
            #expect(try await world.desk.perform(ForgetPhotos(), as: .house) == 0)
            #expect(try await named() == 2)
            world.clock.advance(by: .seconds(1))
            #expect(try await world.desk.perform(ForgetPhotos(), as: .house) == 1)
            #expect(try await named() == 0)
            #expect(try await Self.shown(world, place) == ["un"])
            #expect(try await world.refusal(ForgetPhotos(), as: try await world.coordinator()) is Missing)
        }
    }

    // PLA-7
    @Test(arguments: TestEngine.available)
    func aMergedSheetGivesItsPhotosUnlessTheyWouldBeShownToMorePeople(_ engine: TestEngine) async throws {
        try await PlaceWorld.on(engine) { world in
            let kept = try await world.place("Gardée")
            let double = try await world.place("Double")
            let hidden = try await world.place("Cachée", seenBy: .hidden)
            for number in 0..<11 { _ = try await Self.add(world, kept, "k\(number)") }
            _ = try await Self.add(world, double, "d0", 3)
            _ = try await Self.add(world, double, "d1", 4)
            _ = try await Self.add(world, hidden, "secret", 5)
            try await world.desk.perform(MergePlaces(kept: kept.id, merged: double.id), as: .house)
            #expect(try await Self.shown(world, kept) == (0..<11).map { "k\($0)" } + ["d0"])
            let other = try await world.place("Autre")
            try await world.desk.perform(MergePlaces(kept: other.id, merged: hidden.id), as: .house)
            #expect(try await Self.shown(world, other).isEmpty)
        }
    }

    /// Who may do what with the photos of a place, for each visibility: as for its sheet.
    // PHO-3, PLA-8, PLA-9
    @Test(arguments: TestEngine.available)
    func aRefusedPersonLearnsNothingAndLeavesNothing(_ engine: TestEngine) async throws {
        try await PlaceWorld.on(engine) { world in
            for visibility in Place.Visibility.allCases {
                let tag = visibility.rawValue
                let place = try await world.place("Lieu \(tag)", seenBy: visibility, in: [world.circle.id.number])
                let elsewhere = try await world.place("Ailleurs \(tag)")
                let photo = try await Self.add(world, place, "Secret de \(tag)")
                let isPublic = visibility == .everyone
                let people: [(String, Principal, sees: Bool, edits: Bool)] = [
                    ("visitor", .visitor, isPublic, false),
                    ("account", try await world.person("a\(tag)"), isPublic, false),
                    ("editor", try await world.editor(of: place, "e\(tag)"), true, true),
                    ("editor elsewhere", try await world.editor(of: elsewhere, "x\(tag)"), isPublic, false),
                    (
                        "animator",
                        try await world.person(
                            "c\(tag)", Grant(.circleAnimator, on: Scope(.circle, world.circle.id.number))),
                        visibility != .hidden, visibility != .hidden
                    ),
                    (
                        "funder", try await world.person("f\(tag)", Grant(.funder, on: .network)),
                        isPublic || visibility == .funders, false
                    ),
                    ("operator", try await world.person("o\(tag)", Grant(.operator, on: .network)), isPublic, false),
                    (
                        "coordinator", try await world.person("k\(tag)", Grant(.coordinator, on: .network)), true, true
                    ),
                ]
                for (who, principal, sees, edits) in people {
                    let label = "\(who) on \(tag)"
                    let file = try await world.database.read {
                        try PlacePhotoStore.file(principal, photo.id, width: 320, $0)
                    }
                    #expect((file != nil) == sees, "\(label) sees")
                    if let file { #expect(file.isPublic == isPublic, "\(label)") }
                    let acts: [any Act] = [
                        AddPhoto(place: place.id, words: Self.words(), sizes: Self.sizes(9)),
                        EditPhoto(place: place.id, photo: photo.id, words: Self.words(label)),
                        MovePhoto(place: place.id, photo: photo.id, .later),
                        RemovePhoto(place: place.id, photo: photo.id),
                    ]
                    for act in acts {
                        guard !edits else {
                            if !(act is RemovePhoto) { try await Self.perform(act, world, principal) }
                            continue
                        }
                        let refused = try await Self.refusal(act, world, principal)
                        #expect(sees ? refused is Denied : refused is Missing, "\(label): \(type(of: act))")
                    }
                }
                // A photo named with another place's address is no photo, even for those who edit both.
                let stray = try await world.refusal(RemovePhoto(place: elsewhere.id, photo: photo.id), as: .house)
                #expect(stray is Missing)
                try await world.desk.perform(RemovePhoto(place: place.id, photo: photo.id), as: .house)
                #expect(
                    try await world.database.read { try PlacePhotoStore.file(.house, photo.id, width: 320, $0) } == nil)
            }
        }
    }

    private static func perform(_ act: some Act, _ world: PlaceWorld, _ principal: Principal) async throws {
        _ = try await world.desk.perform(act, as: principal)
    }

    private static func refusal(_ act: some Act, _ world: PlaceWorld, _ principal: Principal) async throws -> any Error
    {
        try await world.refusal(act, as: principal)
    }

    // PHO-3
    @Test(arguments: TestEngine.available)
    func photosOfAPlaceThatIsNotPublishedStayWithItsTeam(_ engine: TestEngine) async throws {
        try await PlaceWorld.on(engine) { world in
            let place = try await world.place()
            let photo = try await Self.add(world, place, "un")
            func file(_ principal: Principal) async throws -> Bool? {
                try await world.database.read { try PlacePhotoStore.file(principal, photo.id, width: 640, $0) }?
                    .isPublic
            }
            #expect(try await file(.visitor) == true)
            try await world.desk.perform(
                SetPlaceState(place: place.id, isPublished: false, reason: "essai"), as: .house)
            #expect(try await file(.visitor) == nil)
            #expect(try await file(try await world.editor(of: place)) == false)
            #expect(
                try await world.database.read { try PlacePhotoStore.file(.house, photo.id, width: 641, $0) } == nil)
        }
    }

    // BAK-8, PHO-7
    @Test(arguments: TestEngine.available)
    func aPhotoTakenOffIsTakenOffAgainInAnOlderNetwork(_ engine: TestEngine) async throws {
        let kinds = [PhotoErasure.kind]
        var listed: [Erasure] = []
        func list(_ world: PlaceWorld) async throws -> [Erasure] {
            try await world.database.read { try PhotoErasure.kind.known(Instant(seconds: 0), $0) }
        }
        try await PlaceWorld.on(engine) { world in
            let place = try await world.place()
            let photo = try await Self.add(world, place, "Lucie devant la presse")
            _ = try await Self.add(world, place, "La presse", 2)
            #expect(try await list(world).isEmpty)
            world.clock.advance(by: .minutes(5))
            try await world.desk.perform(RemovePhoto(place: place.id, photo: photo.id), as: .house)
            listed = try await list(world)
            #expect(listed == [Erasure(kind: "photo", subject: photo.id.number, at: world.clock.now)])
            let later = try await world.database.read {
                try PhotoErasure.kind.known(world.clock.now + .seconds(1), $0)
            }
            #expect(later.isEmpty)
            // Taken off before the backup, and put back: that decision stands.
            let change = try #require(try await world.changes(place.id).first { $0.kind == .photoRemoved })
            _ = try await world.desk.perform(UndoPlaceChange(place: place.id, change: change.id), as: .house)
            let outcome = try await ErasureUpkeep.again(listed, world.desk, kinds)
            #expect(outcome == ErasureUpkeep.Outcome(again: 0, standing: 1))
            #expect(try await Self.shown(world, place) == ["La presse", "Lucie devant la presse"])
        }
        // The same world before it was taken off, as an older backup has it.
        try await PlaceWorld.on(engine) { world in
            let place = try await world.place()
            let photo = try await Self.add(world, place, "Lucie devant la presse")
            _ = try await Self.add(world, place, "La presse", 2)
            #expect(photo.id.number == listed.first?.subject, "the world repeats")
            world.clock.advance(by: .days(60))
            let outcome = try await ErasureUpkeep.again(listed, world.desk, kinds)
            #expect(outcome == ErasureUpkeep.Outcome(again: 1, standing: 0))
            #expect(try await Self.shown(world, place) == ["La presse"])
            let change = try #require(try await world.changes(place.id).first)
            #expect(change.kind == .photoRemoved && change.photo == photo.id && change.actor == nil)
            #expect(
                try await ErasureUpkeep.again(listed, world.desk, kinds)
                    == ErasureUpkeep.Outcome(again: 0, standing: 1))
            // It may be put back for a month from now, then it is gone.
            world.clock.advance(by: .days(29))
            #expect(try await world.desk.perform(ForgetPhotos(), as: .house) == 0)
            world.clock.advance(by: .days(2))
            #expect(try await world.desk.perform(ForgetPhotos(), as: .house) == 1)
            #expect(
                try await ErasureUpkeep.again(listed, world.desk, kinds)
                    == ErasureUpkeep.Outcome(again: 0, standing: 1), "not there any more")
        }
    }
}
