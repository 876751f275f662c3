/// What a board is asked for. Everything in it can be written in an address and saved under a name.
public struct InstructionQuery: Sendable, Hashable {
    public enum Tab: String, Sendable, CaseIterable {
        case mine = "a-moi"
        case unassigned = "sans-instructeur"
        case candidate = "attend-candidat"
        case opinion = "attend-avis"
        case late = "en-retard"
        case all = "tous"

        public var label: String {
            switch self {
            case .mine: "À moi"
            case .unassigned: "Sans instructeur"
            case .candidate: "Attend le candidat"
            case .opinion: "Attend un avis"
            case .late: "En retard"
            case .all: "Tous"
            }
        }
    }

    public var tab = Tab.mine
    public var call: Call.ID?
    public var departement = ""
    public var state: InstructionState?
    public var text = ""
    /// From 1.
    public var page = 1

    public static let pageSize = 50
    /// The last page anybody reaches by numbers.
    public static let mostPages = 2_000

    public init() {}

    /// Every dossier of a call.
    public static func all(of call: Call.ID) -> InstructionQuery {
        var query = InstructionQuery()
        query.tab = .all
        query.call = call
        return query
    }

    /// Whether anything narrows the board besides its tab.
    public var isFiltered: Bool { call != nil || !departement.isEmpty || state != nil || !text.isEmpty }
}
