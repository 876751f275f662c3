import Forms
import Maillage

/// The addresses of the form builder of a call, for one stage or for all.
struct BuilderPaths: Sendable {
    let slug: String
    /// A code of `ReferenceList.maturities`, or `common`.
    let stage: String

    /// What stands for « all stages » in an address.
    static let common = "tous"

    init(slug: String, maturity: String) {
        self.slug = slug
        stage = maturity.isEmpty ? Self.common : maturity
    }

    var overview: String { Paths.path("appels", slug, "formulaire", stage) }
    var heading: String { page("titre") }
    var newSection: String { page("section") }
    var newQuestion: String { page("question") }
    var newRule: String { page("regle") }
    var copy: String { page("copier") }
    var preview: String { page("apercu") }
    var file: String { page("fichier") }
    var history: String { page("historique") }
    var filing: String { page("publier") }
    var export: String { Paths.path("appels", slug, "formulaire", stage, "fichier.json") }

    func section(_ key: String) -> String { page("section", key) }
    func sectionCondition(_ key: String) -> String { page("section", key, "condition") }
    func question(_ spot: QuestionSpot) -> String { page("question", spot.description) }
    func kind(_ spot: QuestionSpot) -> String { page("question", spot.description, "nature") }
    func condition(_ spot: QuestionSpot, _ role: BuilderCondition.Role) -> String {
        page("question", spot.description, role.rawValue)
    }
    func rule(_ key: String) -> String { page("regle", key) }

    func newQuestion(in section: String, after: String? = nil, table: String? = nil) -> String {
        Paths.path(
            "appels", slug, "formulaire", stage, "question",
            query: [("section", section), ("apres", after), ("tableau", table)])
    }

    func newSection(after: String) -> String {
        Paths.path("appels", slug, "formulaire", stage, "section", query: [("apres", after)])
    }

    func copy(to section: String) -> String {
        Paths.path("appels", slug, "formulaire", stage, "copier", query: [("section", section)])
    }

    /// Where a spot is put right: a place of `FormIssue`, of a hint or of a step.
    func spot(_ place: String, in form: Form) -> String {
        let parts = place.split(separator: ".").map(String.init)
        guard let first = parts.first else { return heading }
        if first == "regles" { return parts.count > 1 ? rule(parts[1]) : overview }
        guard form.sections.contains(where: { $0.key == first }) else { return overview }
        guard parts.count > 1 else { return section(first) }
        return question(QuestionSpot(parts[1], column: parts.count > 2 ? parts[2] : nil))
    }

    /// The place in the overview of what was just changed.
    func overview(at place: String) -> String {
        let parts = place.split(separator: ".").map(String.init)
        guard let first = parts.first else { return overview }
        if first == "regles" { return overview + "#regles" }
        return overview + "#" + (parts.count > 1 ? Self.anchor(question: parts[1]) : Self.anchor(section: first))
    }

    static func anchor(question key: String) -> String { "question-" + key }
    static func anchor(section key: String) -> String { "section-" + key }

    private func page(_ segments: String...) -> String {
        segments.reduce(overview) { $0 + "/" + Paths.encode($1) }
    }
}
