import Forms
import Maillage
import Markup

/// One section of the form being written, with its questions.
struct BuilderSectionView: View {
    var reading: BuilderReading
    var section: FormSection
    var index: Int
    var issues: [FormIssue]
    var hints: [WritingHints.Hint]
    var tokens: FormTokens

    private var paths: BuilderPaths { reading.paths }

    func render(into html: inout HTML) {
        let title = section.title.isEmpty ? "Section sans titre" : Format.typography(section.title)
        html.section(
            .class("builder-section"), .id(BuilderPaths.anchor(section: section.key)), .tabindex(-1),
            .data("section-key", section.key)
        ) { html in
            html.div(.class("row row-between")) { html in
                html.h2 { html in
                    html.span("\(index + 1). ", .class("muted"))
                    html.a(title, .href(paths.section(section.key)))
                }
                renderSectionActions(title, into: &html)
            }
            if let condition = section.shownIf {
                html.p("Montrée si \(reading.sentence().text(condition)).", .class("builder-condition"))
            }
            renderStages(section.maturities, into: &html)
            renderIssues(section.key, into: &html)
            if section.questions.isEmpty {
                html.p("Aucune question dans cette section.", .class("muted"))
            } else {
                html.ol(.class("plain builder-questions"), .data("reorder", paths.overview)) { html in
                    for (rank, question) in section.questions.enumerated() {
                        html.add(
                            BuilderQuestionLine(
                                reading: reading, section: section, question: question,
                                isFirst: index == 0 && rank == 0,
                                isLast: index + 1 == reading.form.sections.count && rank + 1 == section.questions.count,
                                issues: issues, hints: hints, tokens: tokens))
                    }
                }
            }
            html.p(.class("row builder-add")) { html in
                html.a(.href(paths.newQuestion(in: section.key)), .class("button button-small")) { html in
                    html.add(Icon.plus)
                    html.text("Ajouter une question")
                    html.span(" dans \(title)", .class("visually-hidden"))
                }
                html.a(.href(paths.copy(to: section.key))) { html in
                    html.text("Copier une question toute prête")
                    html.span(" dans \(title)", .class("visually-hidden"))
                }
            }
        }
    }

    private func renderSectionActions(_ title: String, into html: inout HTML) {
        html.form(.method("post"), .action(paths.overview), .class("builder-tools")) { html in
            html.add(HiddenField(tokens.token(paths.overview)))
            html.add(HiddenField("version", String(reading.draft.version)))
            html.add(HiddenField("section", section.key))
            html.add(
                BuilderTool("↑", "Monter la section «\u{202F}\(title)\u{202F}»", "section_haut", isEnabled: index > 0))
            html.add(
                BuilderTool(
                    "↓", "Descendre la section «\u{202F}\(title)\u{202F}»", "section_bas",
                    isEnabled: index + 1 < reading.form.sections.count))
            html.add(
                BuilderTool(
                    "Supprimer", "la section «\u{202F}\(title)\u{202F}» et ses questions", "section_supprimer",
                    isWord: true))
        }
    }

    private func renderStages(_ stages: [String], into html: inout HTML) {
        guard !stages.isEmpty else { return }
        let words = Format.list(stages.map { "«\u{202F}\(ReferenceList.maturities.label($0))\u{202F}»" }, "ou")
        html.p("Pour les projets à l’étape \(words).", .class("builder-condition"))
    }

    private func renderIssues(_ place: String, into html: inout HTML) {
        for issue in issues where issue.place == place { html.p(issue.message, .class("error")) }
    }
}

/// One question in the list: what it asks, of whom, and the buttons.
struct BuilderQuestionLine: View {
    var reading: BuilderReading
    var section: FormSection
    var question: Question
    var isFirst: Bool
    var isLast: Bool
    var issues: [FormIssue]
    var hints: [WritingHints.Hint]
    var tokens: FormTokens

    private var paths: BuilderPaths { reading.paths }
    private var title: String {
        question.label.isEmpty ? "Question sans intitulé" : Format.typography(question.label)
    }

    func render(into html: inout HTML) {
        let place = section.key + "." + question.key
        let own = issues.filter { $0.place == place || $0.place.hasPrefix(place + ".") }
        html.li(
            .class("builder-question", own.isEmpty ? nil : "has-issue"),
            .id(BuilderPaths.anchor(question: question.key)),
            .tabindex(-1), .data("question-key", question.key)
        ) { html in
            html.div(.class("builder-line")) { html in
                html.div { html in
                    html.h3 { $0.a(title, .href(paths.question(QuestionSpot(question.key)))) }
                    html.p(.class("builder-facts")) { html in
                        html.span(KindChoice.named(question.kind.word)?.name ?? question.kind.word, .class("tag"))
                        switch question.requirement {
                        case .required: html.span("obligatoire", .class("tag tag-strong"))
                        case .requiredIf: html.span("obligatoire selon le cas", .class("tag tag-strong"))
                        case .optional: break
                        }
                        if let detail { html.span(detail, .class("muted")) }
                    }
                    renderConditions(into: &html)
                }
                renderTools(into: &html)
            }
            for issue in own { html.p(issue.message, .class("error")) }
            for hint in hints where hint.place == place {
                html.p("Conseil\u{202F}: \(hint.message)", .class("builder-hint"))
            }
        }
    }

    /// What the kind says more: the options, the columns, the length.
    private var detail: String? {
        switch question.kind {
        case .shortText(let limit), .longText(let limit):
            return "\(Format.number(limit)) caractères au plus"
        case .oneOf(let options), .severalOf(let options, _, _):
            let list = options.prefix(4).map(\.label).joined(separator: ", ")
            return options.isEmpty ? nil : Format.typography(list) + (options.count > 4 ? "…" : "")
        case .group(let columns, _, _): return Format.typography(columns.map(\.label).joined(separator: ", "))
        case .table(let layout): return Format.typography(layout.columns.map(\.label).joined(separator: ", "))
        case .computed(let formula, _): return reading.sentence().text(formula)
        case .attachment(let rules):
            return rules.accepted.map { $0.rawValue.uppercased() }.joined(separator: ", ")
                + (rules.validMonths.map { ", de moins de \($0) mois" } ?? "")
        case .sworn(let text, _): return Format.excerpt(Format.typography(text), limit: 90)
        default: return nil
        }
    }

    private func renderConditions(into html: inout HTML) {
        if let condition = question.shownIf {
            html.p("Demandée si \(reading.sentence().text(condition)).", .class("builder-condition"))
        }
        if case .requiredIf(let condition) = question.requirement {
            html.p("Obligatoire si \(reading.sentence().text(condition)).", .class("builder-condition"))
        }
        if !question.maturities.isEmpty {
            let words = Format.list(question.maturities.map { ReferenceList.maturities.label($0) }, "ou")
            html.p("Pour les projets à l’étape \(words).", .class("builder-condition"))
        }
    }

    private func renderTools(into html: inout HTML) {
        html.form(.method("post"), .action(paths.overview), .class("builder-tools")) { html in
            html.add(HiddenField(tokens.token(paths.overview)))
            html.add(HiddenField("version", String(reading.draft.version)))
            html.add(HiddenField("question", question.key))
            html.add(BuilderTool("↑", "Monter «\u{202F}\(title)\u{202F}»", "haut", isEnabled: !isFirst))
            html.add(BuilderTool("↓", "Descendre «\u{202F}\(title)\u{202F}»", "bas", isEnabled: !isLast))
            html.add(BuilderTool("Dupliquer", "«\u{202F}\(title)\u{202F}»", "dupliquer", isWord: true))
            html.add(BuilderTool("Supprimer", "«\u{202F}\(title)\u{202F}»", "supprimer", isWord: true))
        }
    }
}

/// A small button of the builder, whose whole meaning is read aloud.
struct BuilderTool: View {
    var sign: String
    var words: String
    var action: String
    /// The sign is the verb, and the words what it acts on.
    var isWord: Bool
    var isEnabled: Bool

    init(_ sign: String, _ words: String, _ action: String, isWord: Bool = false, isEnabled: Bool = true) {
        self.sign = sign
        self.words = words
        self.action = action
        self.isWord = isWord
        self.isEnabled = isEnabled
    }

    func render(into html: inout HTML) {
        html.button(
            .type("submit"), .name("action"), .value(action), .class("button button-small"), .disabled(!isEnabled)
        ) { html in
            if isWord {
                html.text(sign)
                html.span(" " + words, .class("visually-hidden"))
            } else {
                html.span(sign, .aria("hidden", true))
                html.span(words, .class("visually-hidden"))
            }
        }
    }
}

/// The rules between answers.
struct BuilderRulesView: View {
    var reading: BuilderReading
    var issues: [FormIssue]
    var tokens: FormTokens

    private var paths: BuilderPaths { reading.paths }

    func render(into html: inout HTML) {
        html.section(.class("builder-section"), .id("regles"), .tabindex(-1)) { html in
            html.h2("Règles entre les réponses")
            html.p(
                "Ce que plusieurs réponses doivent respecter ensemble\u{202F}: un budget équilibré, un montant entre deux bornes…",
                .class("muted"))
            html.ol(.class("plain builder-questions")) { html in
                for rule in reading.form.rules { html.li(.class("builder-question")) { render(rule, into: &$0) } }
            }
            html.p(.class("row builder-add")) { html in
                html.a(.href(paths.newRule), .class("button button-small")) { html in
                    html.add(Icon.plus)
                    html.text("Ajouter une règle")
                }
            }
        }
    }

    private func render(_ rule: FormRule, into html: inout HTML) {
        html.div(.class("builder-line")) { html in
            html.div { html in
                html.h3 { html in
                    html.a(
                        rule.message.isEmpty ? "Règle sans message" : Format.typography(rule.message),
                        .href(paths.rule(rule.key)))
                }
                html.p(.class("builder-facts")) { html in
                    html.span(
                        rule.severity == .blocking ? "bloque le dépôt" : "simple remarque",
                        .class("tag", rule.severity == .blocking ? "tag-strong" : nil))
                }
                let sentence = reading.sentence()
                html.p(
                    "Respectée si \(sentence.text(rule.condition))"
                        + (rule.when.map { ", quand \(sentence.text($0))" } ?? "") + ".", .class("builder-condition"))
            }
            html.form(.method("post"), .action(paths.overview), .class("builder-tools")) { html in
                html.add(HiddenField(tokens.token(paths.overview)))
                html.add(HiddenField("version", String(reading.draft.version)))
                html.add(HiddenField("regle", rule.key))
                html.add(
                    BuilderTool(
                        "Supprimer", "la règle «\u{202F}\(rule.message)\u{202F}»", "regle_supprimer", isWord: true))
            }
        }
        for issue in issues where issue.place == "regles." + rule.key { html.p(issue.message, .class("error")) }
    }
}
