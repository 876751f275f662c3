import Forms
import Maillage
import Markup

/// The working copy of a form as one of those who write it sees it.
struct BuilderReading: Sendable {
    var call: CallReading
    var maturity: String
    var draft: FormDraft
    /// The names of those whose steps are shown.
    var names: [Account.ID: String] = [:]
    /// Somebody else who changed the form in the last quarter of an hour, with when.
    var neighbour: FormDraftStep?

    var form: Form { draft.form }
    var paths: BuilderPaths { BuilderPaths(slug: call.slug, maturity: maturity) }
    var stageWords: String { Self.words(of: maturity) }

    static func words(of maturity: String) -> String {
        maturity.isEmpty ? "Tous les projets" : ReferenceList.maturities.label(maturity)
    }

    /// Stages a form or a question may be reserved to.
    static let stages = ReferenceList.maturities.entries.filter { $0.code != "ferme" }

    static var stageNames: [String: String] {
        Dictionary(ReferenceList.maturities.entries.map { ($0.code, $0.label) }) { first, _ in first }
    }

    /// The stage named in the address, as a code; `Missing` when there is no such stage.
    static func maturity(_ visit: Visit) throws -> String {
        let stage = try visit.parameter("stage")
        if stage == BuilderPaths.common { return "" }
        guard ReferenceList.maturities.contains(stage) else { throw Missing() }
        return stage
    }

    /// The working copy; nil when it is still to be begun.
    static func begun(_ visit: Visit) async throws -> (call: CallReading, maturity: String, reading: BuilderReading?) {
        let call = try await CallReading.kept(visit)
        let maturity = try maturity(visit)
        let (id, account, now) = (call.call.id, visit.principal.account, visit.now)
        let found = try await visit.read { reader -> (FormDraft, [FormDraftStep], [Account.ID: String])? in
            guard let draft = try FormDraftStore.draft(of: id, maturity: maturity, reader) else { return nil }
            let steps = try FormDraftStore.steps(of: draft.id, limit: 12, reader)
            return (draft, steps, try AccountStore.names(Array(Set(steps.compactMap(\.by))), reader))
        }
        guard let (draft, steps, names) = found else { return (call, maturity, nil) }
        var reading = BuilderReading(call: call, maturity: maturity, draft: draft, names: names)
        reading.neighbour = steps.first { step in
            step.by != nil && step.by != account && now - step.at < .minutes(15)
        }
        return (call, maturity, reading)
    }

    /// The working copy, for the pages that need one.
    static func find(_ visit: Visit) async throws -> BuilderReading {
        guard let reading = try await begun(visit).reading else { throw Missing() }
        return reading
    }

    func name(_ step: FormDraftStep) -> String { step.by.flatMap { names[$0] } ?? "Quelqu’un" }

    func sentence(_ table: String? = nil) -> ConditionSentence {
        ConditionSentence(form, table: table, maturities: Self.stageNames)
    }

    /// The head of one of the builder's pages; nil for the overview.
    func head(_ title: String?, problems: Problems = Problems()) -> PageHead {
        var head = call.head(title ?? "Formulaire")
        head.breadcrumbs?.parents.append(("Modifier", Link(path: "appels", call.slug, "modifier")))
        if title != nil {
            head.breadcrumbs?.parents.append(
                ("Formulaire", Link(path: "appels", call.slug, "formulaire", paths.stage)))
        }
        head.isIndexed = false
        head.hasErrors = !problems.isEmpty
        head.scripts = ["counter.js"]
        return head
    }
}

/// How the edits of the builder's pages are made and told.
enum BuilderEdit {
    /// The step that the page was made of.
    static func version(_ visit: Visit) -> Int { visit.form.int("version") ?? 0 }

    static func perform(_ visit: Visit, _ reading: BuilderReading, _ change: FormDraftChange) async throws
        -> FormDraftOutcome
    {
        try await visit.perform(
            ChangeFormDraft(
                call: reading.call.call.id, maturity: reading.maturity, version: version(visit), change: change))
    }

    /// Back to the form, at the spot, with what was done and what others did meanwhile.
    static func done(_ outcome: FormDraftOutcome, to path: String) -> Answer {
        var words = outcome.draft.step.words + "."
        if !outcome.orphans.isEmpty {
            let list = outcome.orphans.prefix(4).map { "«\u{202F}\($0)\u{202F}»" }.joined(separator: ", ")
            words += " Des conditions ou des calculs ne trouvent plus ce qu’ils lisaient\u{202F}: \(list)."
        }
        if !outcome.meanwhile.isEmpty {
            words += " Quelqu’un d’autre a aussi changé le formulaire\u{202F}: "
            words += outcome.meanwhile.prefix(3).map(\.words).joined(separator: "\u{202F}; ") + "."
        }
        let kind: FlashMessage.Kind = outcome.orphans.isEmpty && outcome.meanwhile.isEmpty ? .success : .warning
        return .redirect(to: path, flash: FlashMessage(kind, words))
    }

    /// What to say when somebody else changed the very spot meanwhile.
    static func conflict(_ visit: Visit, _ reading: BuilderReading) async throws -> Problems {
        let (draft, shown) = (reading.draft, version(visit))
        let steps = try await visit.read { try FormDraftStore.steps(of: draft.id, after: shown, limit: 5, $0) }
        let what = steps.reversed().map { "\(reading.name($0)), \(Format.moment($0.at))\u{202F}: \($0.words)" }
            .joined(separator: "\u{202F}; ")
        return Problems(
            "",
            "Cet endroit du formulaire a changé depuis que vous l’avez ouvert"
                + (what.isEmpty ? "." : " (\(what)).")
                + " Rien n’a été enregistré. Relisez, puis recommencez si vous le voulez toujours.")
    }
}
