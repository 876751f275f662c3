import Exchange
import HTTPTypes
import Maillage
import Markup

/// `/financements/{line}`: one aid, where it stands, its history, what can be done next.
enum FundingLinePages {
    static func show(_ visit: Visit) async throws -> Answer {
        try await page(visit, Problems())
    }

    static func advance(_ visit: Visit) async throws -> Answer {
        let reading = try await FundingReading.kept(visit)
        let form = visit.form
        do {
            var problems = Problems()
            let step = form.text("etape").flatMap(FundingStep.init)
            if step == nil { problems.add("etape", "Choisissez ce qui s’est passé.") }
            let amount = form.text("montant").map { WrittenAmount.cents($0) }
            if step?.hasAmount == true, (amount ?? nil) == nil {
                problems.add("montant", "Donnez un montant, par exemple 12\u{202F}500,00.")
            }
            let day = form.text("jour").flatMap { CivilDate(iso: $0) }
            if day == nil { problems.add("jour", "Donnez le jour, par exemple 2026-03-31.") }
            try problems.throwIfAny()
            guard let step, let day else { throw problems }
            _ = try await visit.perform(
                AdvanceFunding(
                    line: reading.line.id, version: form.int("version") ?? 0, step: step, amount: amount ?? nil,
                    on: day,
                    words: form["motif"] ?? ""))
            return .done("\(step.label)\u{202F}: enregistré.", to: Paths.funding(reading.line.id))
        } catch let problems as Problems {
            return try await page(visit, problems)
        }
    }

    private static func page(_ visit: Visit, _ problems: Problems) async throws -> Answer {
        let reading = try await FundingReading.find(visit)
        let (id, isFull) = (reading.line.id, reading.isFull)
        let (events, names) = try await visit.read { reader in
            let events = isFull ? try FundingEventStore.events(of: id, reader) : []
            return (events, try AccountStore.names(events.compactMap(\.account), reader))
        }
        let view = FundingLineView(
            reading: reading, events: events, names: names, problems: problems, form: visit.form,
            tokens: FormTokens(visit))
        return visit.page(reading.head(nil, problems), status: problems.isEmpty ? .ok : .unprocessableContent, view)
    }
}
