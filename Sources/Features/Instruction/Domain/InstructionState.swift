/// Where the instruction of a dossier stands, and the events that move it: one table, pure (INST-1).
///
/// Whether it is late, or who holds it, is never a state: the first is compared with a date, the second follows from what is open.
public enum InstructionState: String, Sendable, CaseIterable {
    /// In the hands of the team: no outcome yet.
    case underReview = "a_instruire"
    /// The candidate was asked for something, and has not answered.
    case incomplete = "a_completer"
    case admissible = "recevable"
    case inadmissible = "irrecevable"
    /// Its candidate took it back.
    case withdrawn = "retiree"

    public enum Event: String, Sendable, CaseIterable {
        case findAdmissible
        case findInadmissible
        /// Something is asked of the candidate.
        case ask
        /// The candidate answered, the deadline passed without an answer, or the request was taken back.
        case comeBack
        /// An outcome is taken back, in writing.
        case reopen
        case withdraw
        /// A withdrawn candidacy was deposited again before its limit.
        case restore
    }

    /// The state after an event; nil when the event is refused.
    public func after(_ event: Event) -> InstructionState? {
        switch (self, event) {
        case (.underReview, .findAdmissible): .admissible
        case (.underReview, .findInadmissible): .inadmissible
        case (.underReview, .ask): .incomplete
        case (.incomplete, .comeBack): .underReview
        case (.admissible, .reopen), (.inadmissible, .reopen): .underReview
        case (.withdrawn, .withdraw): nil
        case (_, .withdraw): .withdrawn
        case (.withdrawn, .restore): .underReview
        // Nothing is decided while the candidate has the right to answer.
        case (.incomplete, .findAdmissible), (.incomplete, .findInadmissible), (.incomplete, .ask): nil
        case (_, .findAdmissible), (_, .findInadmissible), (_, .ask), (_, .comeBack), (_, .reopen), (_, .restore): nil
        }
    }

    /// Whether somebody still has something to do before an outcome.
    public var isOpen: Bool { self == .underReview || self == .incomplete }

    public var label: String {
        switch self {
        case .underReview: "À instruire"
        case .incomplete: "À compléter"
        case .admissible: "Recevable"
        case .inadmissible: "Irrecevable"
        case .withdrawn: "Retirée"
        }
    }
}

/// Why a dossier is not admissible: a list that letters, figures and open data share (INST-6).
public enum InadmissibilityReason: String, Sendable, CaseIterable {
    case late = "hors_delai"
    case legalForm = "forme_juridique"
    case territory = "territoire"
    case incomplete = "incomplet"
    case offSubject = "hors_objet"
    case duplicate = "doublon"
    case finances = "conditions_financieres"
    case other = "autre"

    public var label: String {
        switch self {
        case .late: "Déposé hors délai"
        case .legalForm: "Forme juridique non éligible"
        case .territory: "Territoire hors du périmètre de l’appel"
        case .incomplete: "Dossier incomplet après relance"
        case .offSubject: "Hors de l’objet de l’appel"
        case .duplicate: "Double d’une autre candidature"
        case .finances: "Conditions financières non remplies"
        case .other: "Autre motif"
        }
    }

    /// The codes of a list, without doubles, in the order of the enumeration; codes that are none are left out.
    static func list(_ codes: [String]) -> [InadmissibilityReason] {
        allCases.filter { codes.contains($0.rawValue) }
    }
}
