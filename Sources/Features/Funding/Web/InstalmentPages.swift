import Exchange
import HTTPTypes
import Maillage
import Markup

/// `/financements/{line}/echeances/{instalment}`: one payment, from its check to its proof.
enum InstalmentPages {
    static func show(_ visit: Visit) async throws -> Answer { try await page(visit, Problems()) }

    static func act(_ visit: Visit) async throws -> Answer {
        let (found, instalment) = try await find(visit)
        let (form, id) = (visit.form, instalment.id)
        do {
            let done: String
            switch form.text("geste") {
            case "controler":
                try await visit.perform(CheckInstalment(instalment: id))
                done = "L’échéance est contrôlée\u{202F}: une autre personne peut la mandater."
            case "mandater":
                try await visit.perform(OrderInstalment(instalment: id, number: form["mandat"] ?? ""))
                done = "Le paiement est mandaté."
            case "payer":
                guard let day = form.text("jour").flatMap({ CivilDate(iso: $0) }) else {
                    throw Problems("jour", "Donnez le jour du paiement, par exemple 2026-03-31.")
                }
                try await visit.perform(RecordPayment(instalment: id, on: day, proof: form["preuve"] ?? ""))
                done = "Le paiement est enregistré."
            case "suspendre":
                try await visit.perform(SuspendInstalment(instalment: id, reason: form["motif"] ?? ""))
                done = "L’échéance est suspendue."
            case "reprendre":
                try await visit.perform(ResumeInstalment(instalment: id, reason: form["motif"] ?? ""))
                done = "La suspension est levée."
            default: throw Missing()
            }
            return .done(done, to: Paths.fundingAct(found.line.id, .instalments, id.text))
        } catch let problems as Problems {
            return try await page(visit, problems)
        }
    }

    /// The payments that were ordered and not yet made, of the lines the reader keeps: for the accounts of the funder.
    static func orders(_ visit: Visit) async throws -> Answer {
        let principal = visit.principal
        let orders = try await visit.scan { try PaymentOrder.waiting(principal, limit: 5_000, $0) }
        var csv = CSVWriter()
        csv.record([
            "mandat", "convention", "financeur", "beneficiaire", "titulaire", "iban", "montant", "echeance", "objet",
        ])
        for order in orders {
            csv.record([
                order.number, order.agreement, order.funder, order.beneficiary, order.holder, order.iban,
                SubsidyFile.euros(order.amount), order.label, order.object,
            ])
        }
        return Answer.file(csv.take(), type: "text/csv; charset=utf-8", savedAs: "mandats.csv")
            .with(.cacheControl, "no-store")
    }

    private static func find(_ visit: Visit) async throws -> (found: AgreementReading, instalment: Instalment) {
        let found = try await AgreementReading.find(visit)
        let id = try visit.identifier("instalment", of: Instalment.ID.self)
        guard let instalment = found.instalments.first(where: { $0.id == id }) else { throw Missing() }
        return (found, instalment)
    }

    private static func page(_ visit: Visit, _ problems: Problems) async throws -> Answer {
        let (found, instalment) = try await find(visit)
        let view = InstalmentView(
            found: found, instalment: instalment, problems: problems, form: visit.form, tokens: FormTokens(visit))
        return visit.page(
            found.reading.head(instalment.label, problems), status: problems.isEmpty ? .ok : .unprocessableContent, view
        )
    }
}

/// One instalment, and the one thing that may be done next.
struct InstalmentView: View {
    var found: AgreementReading
    var instalment: Instalment
    var problems: Problems
    var form: Fields
    var tokens: FormTokens

    private var action: String { Paths.fundingAct(found.line.id, .instalments, instalment.id.text) }
    private var today: CivilDate { CivilZone.paris.local(found.reading.now.microseconds).date }

    func render(into html: inout HTML) {
        html.p { $0.add(InstalmentBadge.badge(instalment)) }
        html.h1("\(instalment.label)\u{202F}: \(Format.amount(cents: instalment.amount))")
        html.p(.class("lead")) { html in
            html.text("Convention ")
            html.a(found.agreement.number, .href(Paths.funding(found.line.id, .agreement)))
        }
        html.add(ErrorSummary(problems))
        let wait = instalment.wait(activatedOn: found.agreement.activatedOn, accepted: found.accepted, today: today)
        html.add(
            DefinitionList([
                .init("Payable", instalment.trigger.label), .init("À partir du", instalment.dueOn.map(day)),
                .init("Attend", instalment.state == .planned ? wait : nil),
                .init("Suspendue parce que", instalment.reason),
                .init("Contrôlée par", instalment.checkedBy.flatMap { found.names[$0] }),
                .init("Mandatée par", instalment.orderedBy.flatMap { found.names[$0] }),
                .init("Mandat", instalment.orderNumber), .init("Payée le", instalment.paidOn.map(day)),
                .init("Preuve", instalment.proof),
            ]))
        guard found.reading.mayKeep, instalment.version == found.agreement.activeVersion else { return }
        switch instalment.state {
        case .planned:
            html.section { html in
                html.h2("Contrôler")
                html.p("Ce qui la déclenche est arrivé, et le compte est celui qu’une deuxième personne a vérifié.")
                html.writingButton(
                    "Contrôler l’échéance", to: action, tokens, style: .primary, fields: [("geste", "controler")])
            }
        case .checked:
            gesture("mandater", "Mandater le paiement", into: &html) { html in
                html.p("Une autre personne que celle qui a contrôlé.")
                html.add(
                    TextField("mandat", "Numéro du mandat", value: form["mandat"], error: problems.message("mandat")))
            }
        case .ordered:
            gesture("payer", "Enregistrer le paiement", into: &html) { html in
                html.add(
                    DateField(
                        "jour", "Payée le", value: form["jour"] ?? today.description, error: problems.message("jour"),
                        latest: today.description))
                html.add(
                    TextField(
                        "preuve", "Preuve", value: form["preuve"], help: "Référence du virement, numéro du bordereau.",
                        error: problems.message("preuve")))
            }
        case .suspended:
            gesture("reprendre", "Lever la suspension", into: &html) { html in
                html.add(
                    TextField(
                        "motif", "Ce qui le permet", value: form["motif"], error: problems.message("motif")))
            }
        case .paid, .cancelled: break
        }
        if [.planned, .checked, .ordered].contains(instalment.state) {
            gesture("suspendre", "Suspendre", style: .danger, into: &html) { html in
                html.add(
                    TextField(
                        "motif", "Motif", value: form["motif"], help: "Le bénéficiaire le lit.",
                        error: problems.message("motif")))
            }
        }
    }

    private func gesture(
        _ name: String, _ title: String, style: ButtonStyle = .primary, into html: inout HTML,
        fields: (inout HTML) -> Void
    ) {
        html.section { html in
            html.h2(title)
            html.writingForm(to: action, tokens) { html in
                html.add(HiddenField("geste", name))
                fields(&html)
                html.actions { $0.submit(title, style: style) }
            }
        }
    }

    private func day(_ date: CivilDate) -> String { Format.date(year: date.year, month: date.month, day: date.day) }
}
