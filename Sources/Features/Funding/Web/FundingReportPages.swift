import Exchange
import HTTPTypes
import Maillage
import Markup

/// `/financements/{line}/bilans` and the list of those that wait.
enum FundingReportPages {
    /// Reports late or waiting for an answer, of the lines the reader keeps.
    static func waiting(_ visit: Visit) async throws -> Answer {
        let principal = visit.principal
        let today = CivilZone.paris.local(visit.now.microseconds).date
        let waiting = try await visit.read {
            try FundingReportStore.waiting(principal, before: today, limit: 500, $0)
        }
        var head = PageHead(
            "Bilans attendus", section: "Financements",
            breadcrumbs: Breadcrumbs([("Financements", Link(path: "financements"))], current: "Bilans attendus"))
        head.isIndexed = false
        return visit.page(head) { html in
            html.h1("Bilans attendus")
            html.p("Ceux qui sont en retard, et ceux qui attendent votre réponse.", .class("lead"))
            guard !waiting.isEmpty else {
                html.add(EmptyState("Aucun bilan n’attend", "Ceux qui arriveront en retard se verront ici."))
                return
            }
            html.add(
                DataTable(
                    "Les bilans, le plus ancien d’abord", rows: waiting, id: "attendus",
                    columns: [
                        .init("Bilan") { one, html in
                            html.a(
                                "\(one.report.kind.label), \(Format.typography(one.object))",
                                .href(Paths.funding(one.line, .reports)))
                        },
                        .init("Bénéficiaire") { $0.beneficiary },
                        .init("Convention") { $0.number },
                        .init("Pour le") {
                            Format.shortDate(
                                year: $0.report.dueOn.year, month: $0.report.dueOn.month, day: $0.report.dueOn.day)
                        },
                        .init("État") { one, html in html.add(ReportBadge.badge(one.report, today)) },
                    ]))
        }
    }

    static func show(_ visit: Visit) async throws -> Answer { try await page(visit, Problems()) }

    static func expect(_ visit: Visit) async throws -> Answer {
        let found = try await AgreementReading.find(visit)
        do {
            guard let day = visit.form.text("jour").flatMap({ CivilDate(iso: $0) }) else {
                throw Problems("jour", "Donnez le jour, par exemple 2026-09-30.")
            }
            try await visit.perform(ExpectReport(agreement: found.agreement.id, dueOn: day))
            return .done("Le bilan est attendu.", to: Paths.funding(found.line.id, .reports))
        } catch let problems as Problems {
            return try await page(visit, problems)
        }
    }

    static func submit(_ visit: Visit) async throws -> Answer {
        let found = try await AgreementReading.find(visit)
        do {
            var problems = Problems()
            let (indicators, accounts) = (indicators(visit.form, &problems), accounts(visit.form, &problems))
            try problems.throwIfAny()
            try await visit.perform(
                SubmitReport(
                    report: try visit.identifier("report", of: FundingReport.ID.self),
                    edition: visit.form.int("edition") ?? 0, narrative: visit.form["recit"] ?? "",
                    indicators: indicators,
                    accounts: accounts))
            return .done("Le bilan est remis.", to: Paths.funding(found.line.id, .reports))
        } catch let problems as Problems {
            return try await form(visit, problems)
        }
    }

    static func decide(_ visit: Visit) async throws -> Answer {
        let found = try await AgreementReading.find(visit)
        do {
            let accepts = visit.form["decision"] == "accepter"
            try await visit.perform(
                DecideReport(
                    report: try visit.identifier("report", of: FundingReport.ID.self),
                    edition: visit.form.int("edition") ?? 0, accepts: accepts, reason: visit.form["motif"] ?? "",
                    head: LetterHead(visit.reception.settings)))
            return .done(
                accepts ? "Le bilan est accepté." : "Le bilan est retourné, avec vos raisons.",
                to: Paths.funding(found.line.id, .reports))
        } catch let problems as Problems {
            return try await form(visit, problems)
        }
    }

    static func one(_ visit: Visit) async throws -> Answer { try await form(visit, Problems()) }

    private static func indicators(_ form: Fields, _ problems: inout Problems) -> [FundingReport.Indicator] {
        (0..<20).compactMap { row in
            guard let label = form.text("indicateur-\(row)") else { return nil }
            guard let target = form.int("vise-\(row)"), let done = form.int("fait-\(row)") else {
                problems.add("fait-\(row)", "«\u{A0}\(label)\u{A0}»\u{202F}: donnez deux nombres entiers.")
                return nil
            }
            return .init(label, target: target, done: done, evidence: form["preuve-\(row)"] ?? "")
        }
    }

    private static func accounts(_ form: Fields, _ problems: inout Problems) -> [FundingReport.Account] {
        (0..<30).compactMap { row in
            guard let code = form.text("compte-\(row)") else { return nil }
            guard let planned = form.text("prevu-\(row)").flatMap({ WrittenAmount.cents($0) }),
                let realised = form.text("realise-\(row)").flatMap({ WrittenAmount.cents($0) })
            else {
                problems.add("realise-\(row)", "«\u{A0}\(code)\u{A0}»\u{202F}: donnez le prévu et le réalisé en euros.")
                return nil
            }
            return .init(code, planned: planned, realised: realised, remark: form["ecart-\(row)"] ?? "")
        }
    }

    private static func page(_ visit: Visit, _ problems: Problems) async throws -> Answer {
        let found = try await AgreementReading.find(visit)
        let view = ReportListView(found: found, problems: problems, form: visit.form, tokens: FormTokens(visit))
        return visit.page(
            found.reading.head("Bilans", problems), status: problems.isEmpty ? .ok : .unprocessableContent, view)
    }

    private static func form(_ visit: Visit, _ problems: Problems) async throws -> Answer {
        let found = try await AgreementReading.find(visit)
        let id = try visit.identifier("report", of: FundingReport.ID.self)
        guard let report = found.reports.first(where: { $0.id == id }) else { throw Missing() }
        let view = ReportView(
            found: found, report: report, problems: problems, form: visit.form, tokens: FormTokens(visit))
        return visit.page(
            found.reading.head(report.kind.label, problems), status: problems.isEmpty ? .ok : .unprocessableContent,
            view)
    }
}

enum ReportBadge {
    static func badge(_ report: FundingReport, _ today: CivilDate) -> Badge {
        if report.isLate(today: today) { return Badge("\(report.state.label), en retard", .bad) }
        switch report.state {
        case .expected: return Badge(report.state.label)
        case .submitted: return Badge(report.state.label, .info)
        case .accepted: return Badge(report.state.label, .good)
        case .returned: return Badge(report.state.label, .warn)
        }
    }
}
