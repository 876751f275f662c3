import Exchange
import Maillage
import Markup

/// The page of a line. Who reads its public form sees who, what and how much; nothing of its history.
struct FundingLineView: View {
    var reading: FundingReading
    var events: [FundingEvent]
    var names: [Account.ID: String]
    var problems = Problems()
    var form = Fields()
    var tokens: FormTokens

    private var line: FundingLine { reading.line }
    private var facts: FundingFacts { reading.line.facts }

    func render(into html: inout HTML) {
        html.p(.class("row")) { html in
            html.add(line.state.badge)
            html.span(facts.form.label, .class("muted"))
            if line.publishedAt != nil { html.add(Badge("Publiée", .good)) }
        }
        html.h1(Format.typography(facts.object))
        html.p("\(reading.item.funder) → \(reading.item.beneficiary)", .class("lead"))
        html.add(ErrorSummary(problems))
        if reading.isFull { html.add(FundingTabs(reading: reading)) }
        html.add(
            StatTiles([
                StatTile(Format.euros(cents: line.fold.asked), "demandés", note: day(line.days.asked)),
                StatTile(Format.euros(cents: line.fold.granted), "accordés", note: day(line.days.granted)),
                StatTile(Format.euros(cents: line.fold.paid), "versés", note: day(line.days.paid)),
            ]))
        if line.fold.granted > 0 {
            html.add(
                Meter(
                    "Versé", value: line.fold.paid, of: line.fold.granted,
                    text: Format.percent(line.fold.paid, of: line.fold.granted)))
        }
        renderFacts(into: &html)
        if reading.mayKeep { renderSteps(into: &html) }
        if reading.isFull { renderHistory(into: &html) }
    }

    private func day(_ date: CivilDate?) -> String? {
        date.map { "le " + Format.date(year: $0.year, month: $0.month, day: $0.day) }
    }

    private func renderFacts(into html: inout HTML) {
        let rate = line.ratePoints.map { Format.percent(Double($0) / 10_000) }
        let isHidden = facts.isPerson && !reading.isFull
        html.add(
            DefinitionList([
                .init("Dispositif", facts.scheme), .init("Année", "\(facts.year)"),
                .init("Sert à", facts.purpose == .unsaid ? nil : facts.purpose.label),
                .init("Dépenses prises en compte", facts.base.map { Format.euros(cents: $0) }),
                .init("Taux", rate),
                .init("Décision", facts.reference),
                .init("SIRET du bénéficiaire", isHidden ? nil : facts.siret),
                .init("Rendu", line.fold.returned > 0 ? Format.euros(cents: line.fold.returned) : nil),
                .init("Enveloppe", reading.envelope.map { "\($0.label) \($0.year)" }),
            ]))
        if let call = reading.call {
            html.p { html in
                html.text("Appel\u{202F}: ")
                html.a(Format.typography(call.title), .href(Paths.call(call.slug)))
            }
        }
        if let place = reading.place {
            html.p { html in
                html.text("Lieu\u{202F}: ")
                html.a(place.name, .href(Paths.path("lieux", place.slug)))
            }
        }
    }

    private func renderSteps(into html: inout HTML) {
        let steps = line.state.steps.filter { reading.agreement == nil || ![.agree, .pay, .amend].contains($0) }
        html.section { html in
            html.h2("Ce qui s’est passé depuis")
            if reading.agreement != nil {
                html.p { html in
                    html.text("Signature, versements et avenants s’enregistrent sur ")
                    html.a("la convention", .href(Paths.funding(line.id, .agreement)))
                    html.text(".")
                }
            }
            guard !steps.isEmpty else { return }
            html.writingForm(to: Paths.funding(line.id, .step), tokens) { html in
                html.add(HiddenField("version", "\(line.version)"))
                html.add(
                    Choice(
                        "etape", "Étape", options: steps.map { Option($0.rawValue, $0.label, help: help($0)) },
                        value: form["etape"], error: problems.message("etape")))
                html.add(
                    TextField(
                        "montant", "Montant, en euros", value: form["montant"],
                        help: "Pour une demande, un accord, un versement, un montant modifié ou un reversement.",
                        error: problems.message("montant"), isRequired: false, isShort: true, inputMode: "decimal"))
                html.add(
                    DateField(
                        "jour", "Le", value: form["jour"] ?? today, error: problems.message("jour"), latest: today))
                html.add(
                    TextField(
                        "motif", "Numéro de la décision, preuve ou motif", value: form["motif"],
                        error: problems.message("motif"), isRequired: false, maximumLength: 500))
                html.actions { $0.submit("Enregistrer") }
            }
        }
    }

    private var today: String { CivilZone.paris.local(reading.now.microseconds).date.description }

    private func help(_ step: FundingStep) -> String? {
        switch step {
        case .grant: "Le bénéficiaire le lit aussitôt\u{202F}: enregistrez-le quand la décision est notifiée."
        case .amend: "Le nouveau montant entier."
        case .repay: "De l’argent revient du bénéficiaire."
        case .settle: "Plus rien ne sera versé\u{202F}: le reste retourne à l’enveloppe."
        default: nil
        }
    }

    private func renderHistory(into html: inout HTML) {
        html.section { html in
            html.h2("Histoire de la ligne")
            html.add(
                Timeline(
                    events.reversed().map { event in
                        let amount = event.amount.map { "\u{202F}: " + Format.euros(cents: $0) } ?? ""
                        let by = event.account.flatMap { names[$0] }.map { "par \($0), " } ?? ""
                        let detail = event.words.isEmpty ? "" : Format.typography(event.words) + " — "
                        return Timeline.Event(
                            Format.date(year: event.on.year, month: event.on.month, day: event.on.day),
                            datetime: event.on.description, title: event.label + amount,
                            detail: detail + "enregistré \(by)le \(Format.moment(event.at))",
                            isKey: event.step != nil)
                    }))
        }
    }
}

/// The pages of one line, for those who read it in full.
struct FundingTabs: View {
    var reading: FundingReading
    var path = ""

    func render(into html: inout HTML) {
        let id = reading.line.id.text
        var entries: [(label: String, link: Link)] = [("La ligne", Link(path: "financements", id))]
        if reading.agreement != nil || (reading.mayKeep && reading.line.state == .granted) {
            entries.append(("Convention", Link(path: "financements", id, "convention")))
        }
        if reading.agreement != nil {
            entries.append(("Bilans", Link(path: "financements", id, "bilans")))
            entries.append(("Parts", Link(path: "financements", id, "parts")))
        }
        if reading.mayKeep { entries.append(("Modifier", Link(path: "financements", id, "modifier"))) }
        guard entries.count > 1 else { return }
        html.add(
            SubNavigation(
                label: "Pages de la ligne", entries: entries, path: path.isEmpty ? "/financements/\(id)" : path))
    }
}
