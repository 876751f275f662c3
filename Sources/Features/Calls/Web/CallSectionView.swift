import Maillage
import Markup

/// One section of a call as a form; for a published call, the form of an amendment.
struct CallSectionView: View {
    var reading: CallReading
    var name: CallSection.Name
    var form: Fields
    var problems = Problems()
    var readings: [Int: [DeadlineReading]] = [:]
    /// The list that gets one more row.
    var grown: String?
    /// What would change, when it was asked.
    var changes: [CallChange]?
    /// The newer version, when somebody saved meanwhile.
    var conflict: Int?
    var tokens = FormTokens.sample

    private var isAmendment: Bool { reading.call.state != .draft }

    func render(into html: inout HTML) {
        html.h1(name.label)
        html.p(reading.call.title, .class("lead"))
        html.add(ErrorSummary(problems))
        if conflict != nil {
            html.p(
                "Quelqu’un a modifié cet appel pendant que vous écriviez. Rien n’a été enregistré et votre saisie est ci-dessous\u{202F}: "
                    + "relisez, puis enregistrez de nouveau.", .class("flash flash-warning"), .role("alert"))
        }
        if let changes { renderChanges(changes, into: &html) }
        html.writingForm(to: Paths.call(reading.slug, name), tokens) { html in
            // The first button of a form is the one that the Enter key presses.
            html.button("Enregistrer", .type("submit"), .class("visually-hidden"), .tabindex(-1), .aria("hidden", true))
            html.add(HiddenField("version", String(conflict ?? reading.call.version)))
            renderFields(into: &html)
            if isAmendment { renderReason(into: &html) }
            html.actions { html in
                html.submit(isAmendment ? "Publier l’avenant" : "Enregistrer")
                if isAmendment { html.submit("Voir ce qui change", name: "action", value: "apercu", style: .plain) }
                html.a("Retour aux sections", .href(Paths.call(reading.slug, .edit)))
            }
        }
    }

    private func renderFields(into html: inout HTML) {
        switch name {
        case .identity: html.add(CallIdentityFields(form: form, problems: problems))
        case .presentation: html.add(CallTextFields(form: form, problems: problems))
        case .territory: html.add(CallTerritoryFields(form: form, problems: problems))
        case .calendar:
            html.add(
                CallCalendarFields(
                    form: form, problems: problems, readings: readings, grown: grown,
                    isPublished: isAmendment, call: reading.call))
        case .envelope: html.add(CallEnvelopeFields(form: form, problems: problems))
        case .conditions: html.add(CallConditionFields(form: form, problems: problems))
        case .attachments: html.add(CallAttachmentFields(form: form, problems: problems, grown: grown))
        case .criteria: html.add(CallCriterionFields(form: form, problems: problems, grown: grown))
        case .committee: html.add(CallCommitteeFields(form: form, problems: problems, grown: grown))
        case .deposit: html.add(CallDepositFields(form: form, problems: problems))
        case .forms: break
        }
    }

    private func renderReason(into html: inout HTML) {
        html.group("L’avenant") { html in
            html.add(
                TextArea(
                    "motif", "Pourquoi ce changement", value: form["motif"],
                    help: "Publié avec l’avenant, et envoyé à celles et ceux qui préparent un dossier.",
                    error: problems.message("motif"), rows: 3, recommendedLength: 2_000))
        }
    }

    private func renderChanges(_ changes: [CallChange], into html: inout HTML) {
        html.section(.class("flash flash-info"), .role("status")) { html in
            html.h2(changes.isEmpty ? "Rien ne change" : "Ce qui changerait dans le règlement")
            html.ul { html in
                for change in changes {
                    html.li { html in
                        html.strong(change.what)
                        if !change.from.isEmpty { html.p { $0.del(change.from) } }
                        if !change.to.isEmpty { html.p { $0.ins(change.to) } }
                    }
                }
            }
        }
    }
}

/// Rows that grow without a script: a button adds an empty one, emptying a row removes it.
struct CallRowsView: View {
    /// The name of the button that adds a row; its value is the list.
    static let add = "ajouter"

    var prefix: String
    var legend: String
    var help: String?
    var form: Fields
    var grown: String?
    var isFixed = false
    var row: (_ rank: Int, _ name: String, inout HTML) -> Void

    init(
        _ prefix: String, _ legend: String, help: String? = nil, form: Fields, grown: String?, isFixed: Bool = false,
        row: @escaping (_ rank: Int, _ name: String, inout HTML) -> Void
    ) {
        self.prefix = prefix
        self.legend = legend
        self.help = help
        self.form = form
        self.grown = grown
        self.isFixed = isFixed
        self.row = row
    }

    func render(into html: inout HTML) {
        let known = (CallRows.ranks(prefix, in: form).last ?? -1) + 1
        let count = min(known + (grown == prefix || known == 0 ? 1 : 0), CallRows.most)
        html.fieldset(.class("rows"), .id(FieldFrame.id(of: prefix)), .tabindex(-1)) { html in
            html.legend(legend)
            if let help { html.span(help, .class("help")) }
            for rank in 0..<count {
                html.fieldset(.class("row-form")) { html in
                    html.legend("\(legend), ligne \(rank + 1)", .class("visually-hidden"))
                    row(rank, "\(prefix).\(rank).", &html)
                }
            }
            if count < CallRows.most, !isFixed {
                html.p("Pour retirer une ligne, videz ses champs.", .class("help"))
                html.button(
                    "Ajouter une ligne", .type("submit"), .name(Self.add), .value(prefix), .class("button button-small")
                )
            }
        }
    }
}
