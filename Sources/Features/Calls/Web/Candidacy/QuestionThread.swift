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
    var candidacy: Candidacy.ID
    var section: String
    var company: CandidacyCompany
    var now: Instant
    /// Whether its former texts have a page.
    var hasHistory = true
    /// A remark that was typed and not taken.
    var typed: String?
    var error: String?

    private var remarks: [CandidacyRemark] { company.remarks.filter { $0.question == key } }
    private var open: Int { remarks.count(where: \.isOpen) }

    func render(into html: inout HTML) {
        html.div(.class("question-foot")) { html in
            html.add(CandidacyEchoList(echoes: company.echoes[key] ?? []))
            html.p { html in
                html.span(.data("edited")) { html in
                    if let edit = company.edits[key] { html.text(company.words(of: edit, now)) }
                }
                if let person = CandidacyAssignment.person(for: key, in: section, company.assignments) {
                    html.text(" ")
                    html.add(
                        Badge(
                            person == company.own ? "À vous" : "À \(company.name(of: person))",
                            person == company.own ? .warn : .neutral))
                }
                if hasHistory, company.edits[key] != nil {
                    html.text(" ")
                    html.a(.href(Paths.candidacyHistory(candidacy, question: key))) { html in
                        html.text("Textes précédents")
                        html.span(" de «\u{A0}\(label)\u{A0}»", .class("visually-hidden"))
                    }
                }
            }
            if company.mayRemark { renderThread(into: &html) }
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
            html.add(
                TextArea(
                    Self.field(key), "Votre commentaire", value: typed,
                    help: "Lu par les personnes qui écrivent la candidature\u{202F}; jamais déposé.", error: error,
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
