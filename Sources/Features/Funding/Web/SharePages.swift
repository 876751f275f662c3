import Exchange
import HTTPTypes
import Maillage
import Markup

/// `/financements/{line}/parts`: what each member of a consortium gets, and what the lead passed on.
enum SharePages {
    static func show(_ visit: Visit) async throws -> Answer { try await page(visit, Problems()) }

    static func set(_ visit: Visit) async throws -> Answer {
        let found = try await AgreementReading.find(visit)
        let form = visit.form
        do {
            var problems = Problems()
            var members: [SetShares.Member] = []
            for row in 0..<30 {
                guard let name = form.text("membre-\(row)") else { continue }
                guard let amount = form.text("part-\(row)").flatMap({ WrittenAmount.cents($0) }) else {
                    problems.add("part-\(row)", "Donnez la part de «\u{A0}\(name)\u{A0}» en euros.")
                    continue
                }
                members.append(
                    .init(name, siret: form["siret-\(row)"] ?? "", amount: amount, isLead: form["chef"] == "\(row)"))
            }
            try problems.throwIfAny()
            try await visit.perform(SetShares(agreement: found.agreement.id, members: members))
            return .done("Les parts sont enregistrées.", to: Paths.funding(found.line.id, .shares))
        } catch let problems as Problems {
            return try await page(visit, problems)
        }
    }

    static func pass(_ visit: Visit) async throws -> Answer {
        let found = try await AgreementReading.find(visit)
        let share = try visit.identifier("share", of: AgreementShare.ID.self)
        let key = share.text
        do {
            var problems = Problems()
            let amount = visit.form.text("montant-\(key)").flatMap { WrittenAmount.cents($0) }
            if amount == nil { problems.add("montant", "Donnez un montant, par exemple 1\u{202F}500.") }
            let day = visit.form.text("jour-\(key)").flatMap { CivilDate(iso: $0) }
            if day == nil { problems.add("jour", "Donnez le jour, par exemple 2026-03-31.") }
            try problems.throwIfAny()
            guard let amount, let day else { throw problems }
            try await visit.perform(
                PassShareOn(share: share, amount: amount, on: day, proof: visit.form["preuve-\(key)"] ?? ""))
            return .done("Le reversement est enregistré.", to: Paths.funding(found.line.id, .shares))
        } catch let problems as Problems {
            var named = Problems()
            for problem in problems.list {
                named.add(problem.field.isEmpty ? "" : "\(problem.field)-\(key)", problem.message)
            }
            return try await page(visit, named)
        }
    }

    private static func page(_ visit: Visit, _ problems: Problems) async throws -> Answer {
        let found = try await AgreementReading.find(visit)
        let id = found.agreement.id
        let passings = try await visit.read { try AgreementShareStore.passings(of: id, $0) }
        let view = ShareView(
            found: found, passings: passings, problems: problems, form: visit.form, tokens: FormTokens(visit))
        return visit.page(
            found.reading.head("Parts du consortium", problems), status: problems.isEmpty ? .ok : .unprocessableContent,
            view)
    }
}

/// The shares with what was passed on of each, and their forms.
struct ShareView: View {
    var found: AgreementReading
    var passings: [AgreementPassing]
    var problems: Problems
    var form: Fields
    var tokens: FormTokens

    private var id: FundingLine.ID { found.line.id }

    func render(into html: inout HTML) {
        html.h1("Parts du consortium")
        html.p("Le chef de file reçoit tout et reverse à chacun sa part, avec une preuve.", .class("lead"))
        html.add(FundingTabs(reading: found.reading, path: Paths.funding(id, .shares)))
        html.add(ErrorSummary(problems))
        if found.shares.isEmpty {
            html.p("Cette aide va à une seule structure\u{202F}: aucune part n’est dite.", .class("muted"))
        } else {
            renderShares(into: &html)
        }
        if found.reading.mayKeep || found.reading.benefits {
            for share in found.shares where !share.isLead && share.passed < share.amount {
                renderPassing(share, into: &html)
            }
        }
        if found.reading.mayKeep, passings.isEmpty, !found.agreement.state.isOver { renderSetting(into: &html) }
    }

    private func renderShares(into html: inout HTML) {
        html.add(
            DataTable(
                "Les membres et leur part", rows: found.shares, id: "parts",
                columns: [
                    .init("Membre") { $0.name + ($0.isLead ? " (chef de file)" : "") },
                    .init("Part", isNumber: true) { Format.amount(cents: $0.amount) },
                    .init("Reversé", isNumber: true) { $0.isLead ? "—" : Format.amount(cents: $0.passed) },
                    .init("Reste", isNumber: true) { $0.isLead ? "—" : Format.amount(cents: $0.amount - $0.passed) },
                ]))
        guard !passings.isEmpty else { return }
        let names = Dictionary(found.shares.map { ($0.id, $0.name) }) { first, _ in first }
        html.add(
            DataTable(
                "Les reversements", rows: passings, id: "reversements",
                columns: [
                    .init("À") { names[$0.share] ?? "—" },
                    .init("Montant", isNumber: true) { Format.amount(cents: $0.amount) },
                    .init("Le") { Format.shortDate(year: $0.on.year, month: $0.on.month, day: $0.on.day) },
                    .init("Preuve") { $0.proof },
                ]))
    }

    private func renderPassing(_ share: AgreementShare, into html: inout HTML) {
        let key = share.id.text
        let hasErrors = problems.list.contains { $0.field.hasSuffix(key) }
        html.details(.open(hasErrors)) { html in
            html.summary("Enregistrer un reversement à \(share.name)")
            html.writingForm(to: Paths.fundingAct(id, .shares, key), tokens) { html in
                html.add(
                    TextField(
                        "montant-\(key)", "Montant, en euros", value: form["montant-\(key)"],
                        error: problems.message("montant-\(key)"), isShort: true, inputMode: "decimal"))
                html.add(
                    DateField("jour-\(key)", "Le", value: form["jour-\(key)"], error: problems.message("jour-\(key)")))
                html.add(
                    TextField(
                        "preuve-\(key)", "Preuve", value: form["preuve-\(key)"],
                        error: problems.message("preuve-\(key)")))
                html.actions { $0.submit("Enregistrer", style: .plain) }
            }
        }
    }

    private func renderSetting(into html: inout HTML) {
        html.section { html in
            html.h2(found.shares.isEmpty ? "Partager entre plusieurs membres" : "Changer les parts")
            html.p("Leur somme fait \(Format.amount(cents: found.line.fold.granted)), au centime.")
            if let message = problems.message("membres") {
                html.p(message, .class("error"), .id(FieldFrame.id(of: "membres")))
            }
            html.writingForm(to: Paths.funding(id, .shares), tokens) { html in
                for row in 0..<max(found.shares.count + 2, 4) {
                    let share = row < found.shares.count ? found.shares[row] : nil
                    html.div(.class("row")) { html in
                        html.add(
                            TextField(
                                "membre-\(row)", "Membre \(row + 1)", value: form["membre-\(row)"] ?? share?.name,
                                isRequired: false))
                        html.add(
                            TextField(
                                "siret-\(row)", "SIRET \(row + 1)", value: form["siret-\(row)"] ?? share?.siret,
                                isRequired: false, isShort: true, inputMode: "numeric"))
                        html.add(
                            TextField(
                                "part-\(row)", "Part \(row + 1), en euros",
                                value: form["part-\(row)"] ?? share.map { WrittenAmount.text($0.amount) },
                                error: problems.message("part-\(row)"), isRequired: false, isShort: true,
                                inputMode: "decimal"))
                    }
                }
                let lead = found.shares.firstIndex(where: \.isLead).map { "\($0)" } ?? "0"
                html.add(
                    Select(
                        "chef", "Chef de file",
                        options: (0..<max(found.shares.count + 2, 4)).map { Option("\($0)", "Membre \($0 + 1)") },
                        value: form["chef"] ?? lead, prompt: nil))
                html.actions { $0.submit("Enregistrer les parts") }
            }
        }
    }
}
