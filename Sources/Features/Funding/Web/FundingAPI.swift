import Exchange
import HTTPTypes
import Maillage
import Storage

/// The open files of funding: published lines only, whoever asks, written while they are sent.
enum FundingAPI {
    private struct Question: Sendable {
        var funder: Funder.ID?
        var from: Int?
        var to: Int?

        init(_ visit: Visit) throws {
            var problems = Problems()
            if let text = visit.query.text("funder") {
                funder = Funder.ID(text: text)
                if funder == nil { problems.add("funder", "Ce n’est pas un identifiant.") }
            }
            for (name, path) in [("from", \Question.from), ("to", \Question.to)] {
                guard visit.query.text(name) != nil else { continue }
                guard let year = visit.query.int(name), (1990...2100).contains(year) else {
                    problems.add(name, "Une année, de 1990 à 2100.")
                    continue
                }
                self[keyPath: path] = year
            }
            try problems.throwIfAny()
        }
    }

    /// `/api/v1/funding.csv`: SCDL « subventions » 2.1.1.
    static func subsidies(_ visit: Visit) async throws -> Answer {
        let (question, database) = (try Question(visit), visit.reception.database)
        return Answer.stream(type: "text/csv; charset=utf-8", savedAs: "subventions.csv") { sink in
            var csv = CSVWriter()
            csv.record(SubsidyFile.columns)
            try await sink.write(csv.take())
            try await each(question, database) { batch in
                for one in batch { for row in SubsidyFile.rows(one) { csv.record(row) } }
                try await sink.write(csv.take())
            }
        }.openData()
    }

    /// `/api/v1/funding/360giving.json`.
    static func grants(_ visit: Visit) async throws -> Answer {
        let (question, reception) = (try Question(visit), visit.reception)
        let day = CivilZone.paris.local(visit.now.microseconds).date
        return Answer.stream(type: "application/json") { sink in
            var json = JSONWriter()
            let base = reception.settings.baseURL
            GrantFile.begin(
                &json, title: "Financements publiés par \(reception.settings.networkName)",
                publisher: reception.settings.networkName, website: base, issued: day)
            try await sink.write(json.take())
            try await each(question, reception.database) { batch in
                for one in batch {
                    GrantFile.grant(one, url: base + Paths.funding(one.line.id), &json)
                    json.lineBreak()
                }
                try await sink.write(json.take())
            }
            GrantFile.end(&json)
            try await sink.write(json.take())
        }.openData()
    }

    private static func each(
        _ question: Question, _ database: Database, _ take: ([FundingPublication]) async throws -> Void
    ) async throws {
        var last = FundingLine.ID(0)
        while true {
            let after = last
            let batch = try await database.scan {
                try FundingPublication.published(
                    funder: question.funder, from: question.from, to: question.to, after: after, limit: 300, $0)
            }
            guard let newest = batch.last else { return }
            try await take(batch)
            last = newest.line.id
        }
    }

    private static let query: [Route.Operation.Parameter] = [
        .init("funder", "string", "Identifiant d’un financeur."), .init("from", "integer", "Première année."),
        .init("to", "integer", "Dernière année."),
    ]

    static let subsidiesOperation = Route.Operation(
        "Les subventions publiées, au schéma national (SCDL 2.1.1)", query: query, answers: "text/csv")

    static let grantsOperation = Route.Operation(
        "Les financements publiés, au format 360Giving", query: query,
        schema: JSONSchema.object(
            texts("version", "title", "issued", "license") + [
                ("publisher", JSONSchema.object(texts("name", "website"))), ("grants", JSONSchema.array(of: grant)),
            ]))

    /// One grant as `GrantFile` writes it.
    private static let grant = JSONSchema.object(
        texts(
            "id", "title", "description", "currency", "awardDate", "url", "fromOpenCall", "dateModified"
        ) + [
            ("amountAwarded", JSONSchema.type("number")), ("fundingOrganization", JSONSchema.array(of: party)),
        ],
        optional: texts("regrantType") + [
            ("amountAppliedFor", JSONSchema.type("number")), ("amountDisbursed", JSONSchema.type("number")),
            ("recipientOrganization", JSONSchema.array(of: party)), ("recipientIndividual", party),
            ("grantProgramme", JSONSchema.array(of: JSONSchema.object(texts("title")))),
            ("plannedDates", JSONSchema.array(of: JSONSchema.object(texts("startDate", "endDate")))),
        ])
    private static let party = JSONSchema.object(texts("id", "name"))

    private static func texts(_ names: String...) -> [(String, JSONValue)] {
        names.map { ($0, JSONSchema.type("string")) }
    }
}
