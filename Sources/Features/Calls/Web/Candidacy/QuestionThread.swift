import Forms
import Maillage
import Markup

/// What is under a question: who wrote it last, who is to write it, what was said of it. Its fields belong to the form of the
/// section, so that saying something saves what was typed too.
struct QuestionFoot: View {
    static let add = "_commenter"
    static let resolve = "_resoudre"
    /// The field of a remark on a question.
    static func field(_ key: String) -> String { "_commentaire.\(key)" }

    var key: String
    var label: String
    var side: DossierSide
    var section: String
    var company: CandidacyCompany
    /// A remark that was typed and not taken.
    var typed: String?
    var error: String?

    /// Of a question of a section; nil for one that nobody answers.
    ///
    /// - Parameter typed: what was sent and not taken.
    init?(
        _ question: Question, _ side: DossierSide, _ section: FormSection, _ company: CandidacyCompany, typed: Fields?,
        _ problems: Problems
    ) {
        if question.kind.isComputed { return nil }
        key = question.key
        label = Format.typography(question.label)
        self.side = side
        self.section = section.key
        self.company = company
        let name = Self.field(question.key)
        self.typed = typed?[name]
        error = problems.message(name)
    }

    private var remarks: [CandidacyRemark] { company.remarks.filter { $0.question == key } }
    private var open: Int { remarks.count(where: \.isOpen) }
    /// Nobody hears what is said beside the part of a partner that left.
    private var maySpeak: Bool { side.part?.isPresent != false }

    func render(into html: inout HTML) {
        html.div(.class("question-foot")) { html in
            html.add(CandidacyEchoList(echoes: company.echoes[key] ?? []))
            html.p { html in
                html.span(.data("edited")) { html in
                    if let edit = company.edits[key] { html.text(company.words(of: edit, side.whole.now)) }
                }
                if let person = CandidacyAssignment.person(for: key, in: section, company.assignments) {
                    html.text(" ")
                    html.add(
                        Badge(
                            person == company.own ? "À vous" : "À \(company.name(of: person))",
                            person == company.own ? .warn : .neutral))
                }
                if company.edits[key] != nil {
                    html.text(" ")
                    html.a(.href(side.history(question: key))) { html in
                        html.text("Textes précédents")
                        html.span(" de «\u{A0}\(label)\u{A0}»", .class("visually-hidden"))
                    }
                }
            }
            if company.mayRemark, maySpeak || !remarks.isEmpty { renderThread(into: &html) }
        }
    }

    private func renderThread(into html: inout HTML) {
        html.details(.class("thread"), .open(open > 0 || error != nil || typed?.isEmpty == false)) { html in
            html.summary { html in
                html.text(
                    open > 0
                        ? Format.count(open, "commentaire ouvert", "commentaires ouverts")
                        : remarks.isEmpty
                            ? "Commenter" : Format.count(remarks.count, "commentaire résolu", "commentaires résolus"))
                html.span(" sur «\u{A0}\(label)\u{A0}»", .class("visually-hidden"))
            }
            if !remarks.isEmpty {
                html.ol(.class("remarks")) { html in
                    for remark in remarks {
                        html.li(.class(remark.isOpen ? nil : "muted")) { html in
                            html.p { html in
                                html.strong(Format.capitalized(company.name(of: remark.author)))
                                html.text(", ")
                                html.time(Format.moment(remark.at), .datetime(Format.machine(remark.at)))
                                if !remark.isOpen { html.text(", résolu") }
                            }
                            html.paragraphs(remark.text)
                        }
                    }
                }
            }
            if !maySpeak { return }
            html.add(
                TextArea(
                    Self.field(key), "Votre commentaire", value: typed,
                    help: side.listeners, error: error,
                    isRequired: false, rows: 2))
            html.p { html in
                html.button(
                    "Commenter", .type("submit"), .name(Self.add), .value(key), .class("button button-small"))
                if open > 0 {
                    html.text(" ")
                    html.button(
                        "Marquer comme résolu", .type("submit"), .name(Self.resolve), .value(key),
                        .class("button button-small"))
                }
            }
        }
    }
}

/// The questions of a section with what is said of them, for those who speak there without writing it.
struct SectionThreads: View {
    var side: DossierSide
    var section: FormSection
    var company: CandidacyCompany
    var typed: Fields?
    var problems = Problems()
    var tokens: FormTokens

    func render(into html: inout HTML) {
        guard company.mayRemark else { return }
        let asked = section.questions.filter { side.state.isShown($0.key) && !$0.kind.isComputed }
        html.writingForm(to: side.section(section.key), tokens) { html in
            for question in asked {
                html.h2(Format.typography(question.label))
                if let foot = QuestionFoot(question, side, section, company, typed: typed, problems) { html.add(foot) }
            }
        }
    }
}
