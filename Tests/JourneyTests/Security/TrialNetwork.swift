import Testing

@testable import Maillage
@testable import MaillageWeb

/// A network small enough to know by heart: one place in each situation, one person in each role.
struct TrialNetwork: Sendable {
    /// The situations of a place. The raw value is a word that its sheet holds and nothing else does.
    enum Kind: String, CaseIterable, Sendable {
        case open = "Orvalis"
        case hidden = "Zircone"
        case circle = "Kaolin"
        case funders = "Feldspath"
        case unpublished = "Malachite"
        case merged = "Obsidienne"
    }

    enum Person: String, CaseIterable, Sendable {
        case visitor, account, editor, manager, animator, funder, coordinator, `operator`
    }

    let site: LiveSite
    let places: [Kind: Place]
    let people: [Person: (account: Principal.ID, session: String)]
    let circle: Circle
    let calls: TrialCalls

    func slug(_ kind: Kind) -> String { places[kind]?.slug ?? "" }
    func session(_ person: Person) -> String? { people[person]?.session }
    func account(_ person: Person) -> Principal.ID? { people[person]?.account }

    /// Who may know that a place exists (RIGHTS.md, ACC-16, the consent levels of the sheet).
    static func maySee(_ person: Person, _ kind: Kind) -> Bool {
        switch (person, kind) {
        case (.coordinator, _), (_, .open), (_, .merged): true
        case (.manager, .hidden): true
        case (.animator, .circle), (.animator, .funders), (.funder, .funders): true
        default: false
        }
    }

    init(_ site: LiveSite) async throws {
        self.site = site
        let circle = try await site.desk.perform(
            CreateCircle(code: "LEN", name: "Lensois", kind: .territorial), as: .house)
        self.circle = circle
        var places: [Kind: Place] = [:]
        for kind in Kind.allCases {
            let visibility: Place.Visibility =
                switch kind {
                case .hidden: .hidden
                case .circle: .circle
                case .funders: .funders
                default: .everyone
                }
            places[kind] = try await site.desk.perform(
                CreatePlace(
                    values: [
                        .name: .text("Lieu \(kind.rawValue)"), .summary: .text("Un lieu dit \(kind.rawValue)."),
                        .email: .text("\(kind.rawValue.lowercased())@exemple.fr"),
                        .sites: .rows([
                            [
                                "commune_nom": "Lens", "code_postal": "62300", "adresse": "8 rue \(kind.rawValue)",
                                "latitude": "50.43", "longitude": "2.83",
                            ]
                        ]),
                    ], visibility: visibility, circles: [circle.id.number]), as: .house)
        }
        let (open, hidden) = (try #require(places[.open]), try #require(places[.hidden]))
        try await site.desk.perform(
            SetPlaceState(
                place: try #require(places[.unpublished]).id, isPublished: false, reason: "Retirée pour l’essai."),
            as: .house)
        try await site.desk.perform(MergePlaces(kept: open.id, merged: try #require(places[.merged]).id), as: .house)
        self.places = places
        var people: [Person: (account: Principal.ID, session: String)] = [:]
        for person in Person.allCases where person != .visitor {
            let grants: [Grant] =
                switch person {
                case .visitor, .account: []
                case .editor: [Grant(.placeEditor, on: Scope(.place, open.id.number))]
                case .manager: [Grant(.placeManager, on: Scope(.place, hidden.id.number))]
                case .animator: [Grant(.circleAnimator, on: Scope(.circle, circle.id.number))]
                case .funder: [Grant(.funder, on: .network)]
                case .coordinator: [Grant(.coordinator, on: .network)]
                case .operator: [Grant(.operator, on: .network)]
                }
            people[person] = try await site.signIn(person.rawValue, grants)
        }
        self.people = people
        calls = try await TrialCalls(site, people: people)
    }

    func get(_ path: String, as person: Person) async throws -> Reply {
        try await site.get(path, session: session(person))
    }

    func post(_ path: String, _ fields: [(String, String)] = [], as person: Person) async throws -> Reply {
        try await site.post(path, fields, as: account(person), session: session(person))
    }

    /// A path of the route with its parameters filled: a place's slug or number, a call's or a candidacy's, somebody's account,
    /// or words that name nothing.
    func path(
        of route: Route, place: String, number: String = "1", account: Principal.ID? = nil, call: String? = nil,
        candidacy: String? = nil
    ) -> String {
        var path = route.pattern
        let isOfCall = path.hasPrefix("/appels/")
        let isOfCandidacy = path.hasPrefix("/candidatures/")
        for name in route.parameterNames {
            let value =
                switch name {
                case "slug" where isOfCall: call ?? calls.published.slug
                case "id" where isOfCandidacy: candidacy ?? calls.draft.text
                case "id" where isOfCall: candidacy ?? calls.deposited.text
                case "stage": BuilderPaths.common
                case "section": isOfCandidacy ? "projet" : "identite"
                case "question" where isOfCall: calls.question.text
                case "member" where isOfCandidacy: calls.member.text
                case "slug": place
                case "account": account?.text ?? "0000000000000"
                case "z", "x", "y": "0"
                case "id", "place": number
                default: String(repeating: "A", count: 43)
                }
            path = path.replacing("{\(name)}", with: value)
        }
        return path
    }
}

extension Reply {
    /// The body without what differs at each answer: the masked tokens of forms, and these words.
    func settled(_ words: String...) -> String {
        var text = text
        for word in words { text = text.replacing(word, with: "…") }
        var result = ""
        for part in text.split(separator: "\"", omittingEmptySubsequences: false) {
            let isToken =
                part.utf8.count == 64
                && part.utf8.allSatisfy { byte in
                    byte == 0x2D || byte == 0x5F || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
                        || (0x61...0x7A).contains(byte)
                }
            result += (isToken ? "jeton" : part) + "\""
        }
        return result
    }
}
