/// What kind of call it is: what the one who answers may hope for.
public enum CallNature: String, Sendable, CaseIterable {
    /// *Appel à manifestation d'intérêt*: ideas are gathered before anything is promised.
    case interest = "ami"
    /// *Appel à projets*: projects are chosen and helped.
    case projects = "aap"
    /// A name given for a time to those who deserve it.
    case label

    public var label: String {
        switch self {
        case .interest: "Appel à manifestation d’intérêt"
        case .projects: "Appel à projets"
        case .label: "Label"
        }
    }
}
