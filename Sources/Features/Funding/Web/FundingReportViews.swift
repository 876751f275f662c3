import Exchange
import Maillage
import Markup

/// The reports of an agreement.
struct ReportListView: View {
    var found: AgreementReading
    var problems: Problems
    var form: Fields
    var tokens: FormTokens

    func render(into html: inout HTML) {
        let (id, today) = (found.line.id, CivilZone.paris.local(found.reading.now.microseconds).date)
        html.h1("Bilans")
        html.p(Format.typography(found.line.facts.object), .class("lead"))
        html.add(FundingTabs(reading: found.reading, path: Paths.funding(id, .reports)))
        html.add(ErrorSummary(problems))
        if found.reports.isEmpty {
            html.p("Le bilan final sera attendu quand la convention sera en vigueur.", .class("muted"))
        } else {
            html.add(
                DataTable(
                    "Les bilans, par date", rows: found.reports, id: "bilans",
                    columns: [
                        .init("Bilan") { report, html in
                            html.a(report.kind.label, .href(Paths.fundingAct(id, .reports, report.id.text)))
                        },
                        .init("Pour le") { Format.date(year: $0.dueOn.year, month: $0.dueOn.month, day: $0.dueOn.day) },
                        .init("État") { report, html in html.add(ReportBadge.badge(report, today)) },
                    ]))
        }
        guard found.reading.mayKeep, found.agreement.activeVersion > 0, !found.agreement.state.isOver else { return }
        html.section { html in
            html.h2("Demander un bilan intermédiaire")
            html.writingForm(to: Paths.funding(id, .reports), tokens) { html in
                html.add(DateField("jour", "Pour le", value: form["jour"], error: problems.message("jour")))
                html.actions { $0.submit("Demander", style: .plain) }
            }
        }
    }
}

/// One report: what it says, then the form of who writes it or the answer of who reads it.
struct ReportView: View {
    var found: AgreementReading
    var report: FundingReport
    var problems: Problems
    var form: Fields
    var tokens: FormTokens

    private var today: CivilDate { CivilZone.paris.local(found.reading.now.microseconds).date }
    private var address: String { Paths.fundingAct(found.line.id, .reports, report.id.text) }

    func render(into html: inout HTML) {
        html.p { $0.add(ReportBadge.badge(report, today)) }
        html.h1(report.kind.label)
        html.p(
            "Attendu pour le \(Format.date(year: report.dueOn.year, month: report.dueOn.month, day: report.dueOn.day)).",
            .class("lead"))
        html.p { $0.a("Tous les bilans de cette convention", .href(Paths.funding(found.line.id, .reports))) }
        html.add(ErrorSummary(problems))
        if report.state == .returned {
            html.div(.class("flash flash-warning")) { $0.p("Retourné\u{202F}: \(Format.typography(report.reason))") }
        }
        if report.submittedAt != nil { renderContents(into: &html) }
        if report.state == .submitted, found.reading.mayKeep, !found.reading.benefits { renderDecision(into: &html) }
        let mayWrite = found.reading.benefits || found.reading.mayKeep
        if report.state != .accepted, mayWrite, !found.agreement.state.isOver { renderForm(into: &html) }
    }

    private func renderContents(into html: inout HTML) {
        html.section { html in
            html.h2("Ce qui a été fait")
            html.add(PlainProse(text: report.narrative))
            if !report.indicators.isEmpty {
                html.add(
                    DataTable(
                        "Indicateurs", rows: report.indicators, id: "indicateurs",
                        columns: [
                            .init("Indicateur") { $0.label },
                            .init("Visé", isNumber: true) { Format.number($0.target) },
                            .init("Fait", isNumber: true) { Format.number($0.done) },
                            .init("Écart", isNumber: true) { Format.number($0.gap) },
                            .init("Preuve") { $0.evidence },
                        ]))
            }
            if !report.accounts.isEmpty {
                html.add(
                    DataTable(
                        "Compte rendu financier\u{202F}: prévu \(Format.euros(cents: report.planned)), réalisé "
                            + "\(Format.euros(cents: report.realised))",
                        rows: report.accounts, id: "comptes",
                        columns: [
                            .init("Compte") { $0.code },
                            .init("Prévu", isNumber: true) { Format.amount(cents: $0.planned) },
                            .init("Réalisé", isNumber: true) { Format.amount(cents: $0.realised) },
                            .init("Écart", isNumber: true) { Format.amount(cents: $0.gap) },
                            .init("Explication") { $0.remark },
                        ]))
            }
        }
    }

    private func renderDecision(into html: inout HTML) {
        html.section(.class("card")) { html in
            html.h2("Répondre")
            html.writingForm(to: address + "/decision", tokens) { html in
                html.add(HiddenField("edition", "\(report.edition)"))
                html.add(
                    TextArea(
                        "motif", "Raisons", value: form["motif"], help: "À dire si vous le retournez.",
                        error: problems.message("motif"), isRequired: false, rows: 3))
                html.actions { html in
                    html.submit("Accepter", name: "decision", value: "accepter")
                    html.submit("Retourner", name: "decision", value: "retourner", style: .plain)
                }
            }
        }
    }

    private func renderForm(into html: inout HTML) {
        html.details(.open(!problems.isEmpty || report.submittedAt == nil)) { html in
            html.summary(report.submittedAt == nil ? "Écrire le bilan" : "Le remettre à nouveau")
            html.writingForm(to: address, tokens) { html in
                html.add(HiddenField("edition", "\(report.edition)"))
                html.add(
                    TextArea(
                        "recit", "Ce qui a été fait, objectif par objectif", value: form["recit"] ?? report.narrative,
                        error: problems.message("recit"), rows: 8))
                html.group("Indicateurs") { renderIndicators(into: &$0) }
                html.group("Compte rendu financier") { renderAccounts(into: &$0) }
                html.actions { $0.submit("Remettre le bilan") }
            }
        }
    }

    private func renderIndicators(into html: inout HTML) {
        if let message = problems.message("indicateurs") {
            html.p(message, .class("error"), .id(FieldFrame.id(of: "indicateurs")))
        }
        for row in 0..<max(report.indicators.count + 2, 4) {
            let known = row < report.indicators.count ? report.indicators[row] : nil
            html.div(.class("row")) { html in
                html.add(
                    TextField(
                        "indicateur-\(row)", "Indicateur \(row + 1)", value: form["indicateur-\(row)"] ?? known?.label,
                        isRequired: false))
                html.add(
                    TextField(
                        "vise-\(row)", "Visé \(row + 1)", value: form["vise-\(row)"] ?? known.map { "\($0.target)" },
                        isRequired: false, isShort: true, inputMode: "numeric"))
                html.add(
                    TextField(
                        "fait-\(row)", "Fait \(row + 1)", value: form["fait-\(row)"] ?? known.map { "\($0.done)" },
                        error: problems.message("fait-\(row)"), isRequired: false, isShort: true, inputMode: "numeric"))
                html.add(
                    TextField(
                        "preuve-\(row)", "Preuve \(row + 1)", value: form["preuve-\(row)"] ?? known?.evidence,
                        isRequired: false))
            }
        }
    }

    private func renderAccounts(into html: inout HTML) {
        if let message = problems.message("comptes") {
            html.p(message, .class("error"), .id(FieldFrame.id(of: "comptes")))
        }
        for row in 0..<max(report.accounts.count + 2, 5) {
            let known = row < report.accounts.count ? report.accounts[row] : nil
            html.div(.class("row")) { html in
                html.add(
                    TextField(
                        "compte-\(row)", "Compte \(row + 1)", value: form["compte-\(row)"] ?? known?.code,
                        help: row == 0 ? "60 Achats, 64 Personnel…" : nil, isRequired: false))
                html.add(
                    TextField(
                        "prevu-\(row)", "Prévu \(row + 1)",
                        value: form["prevu-\(row)"] ?? known.map { WrittenAmount.text($0.planned) }, isRequired: false,
                        isShort: true, inputMode: "decimal"))
                html.add(
                    TextField(
                        "realise-\(row)", "Réalisé \(row + 1)",
                        value: form["realise-\(row)"] ?? known.map { WrittenAmount.text($0.realised) },
                        error: problems.message("realise-\(row)"), isRequired: false, isShort: true,
                        inputMode: "decimal"))
                html.add(
                    TextField(
                        "ecart-\(row)", "Explication de l’écart \(row + 1)",
                        value: form["ecart-\(row)"] ?? known?.remark,
                        isRequired: false))
            }
        }
    }
}
