import Exchange
import HTTPTypes
import Maillage

/// `/api/v1/calls`: the published calls, for machines. Whoever asks reads what everybody may read.
enum CallsAPI {
    static func list(_ visit: Visit) async throws -> Answer {
        let now = visit.now
        var problems = Problems()
        var filter = CallListing.Filter()
        if let nature = visit.query.text("nature") {
            filter.nature = CallNature(rawValue: nature)
            if filter.nature == nil { problems.add("nature", "ami, aap ou label.") }
        }
        var phase: Call.Phase?
        if let text = visit.query.text("phase") {
            phase = phases[text]
            if phase == nil { problems.add("phase", "coming, open, closed ou cancelled.") }
        }
        if let commune = visit.query.text("commune") {
            let query = Fields([Fields.Field(name: "territoire", value: commune)])
            let question = CallQuestionnaire(query, visit.reception.gazetteer.present)
            if question.sheet == nil { problems.add("commune", "Ce code n’est pas connu.") }
            filter.areas = question.areas
        }
        try problems.throwIfAny()
        let (nature, areas) = (filter.nature, filter.areas)
        let calls = try await visit.read {
            try CallListing.published(CallListing.Filter(nature: nature, areas: areas), $0)
        }.filter { phase == nil || $0.phase(at: now) == phase }
        let base = visit.reception.settings.baseURL
        var json = JSONWriter()
        json.beginObject()
        json.name("items")
        json.beginArray()
        for call in calls { write(call, now, base, &json) }
        json.endArray()
        json.member("total", calls.count)
        json.name("next_cursor")
        json.null()
        json.endObject()
        return Answer.json(json.bytes).openData()
    }

    private static let phases: [String: Call.Phase] = [
        "coming": .coming, "open": .open, "closed": .closed, "cancelled": .cancelled,
    ]

    private static func word(_ phase: Call.Phase) -> String {
        phases.first { $0.value == phase }?.key ?? "draft"
    }

    private static func write(_ call: Call, _ now: Instant, _ base: String, _ json: inout JSONWriter) {
        let settings = call.settings
        json.beginObject()
        json.member("id", call.id.text)
        json.member("slug", call.slug)
        json.member("title", call.title)
        json.member("nature", call.nature.rawValue)
        json.member("phase", word(call.phase(at: now)))
        json.member("organiser", settings.identity.organiser)
        json.member("contact_email", settings.identity.email)
        json.member("summary", settings.identity.summary)
        json.member("is_permanent", settings.calendar.isPermanent)
        json.name("waves")
        json.beginArray()
        for wave in settings.waves {
            json.beginObject()
            json.member("id", wave.id.text)
            json.member("label", wave.label)
            json.member("opens_at", (wave.opensAt ?? call.publishedAt).map(Format.machine))
            json.member("closes_at", Format.machine(wave.closesAt))
            json.member("time_zone", wave.zone)
            json.member("deadline", wave.deadlineWords)
            json.endObject()
        }
        json.endArray()
        json.name("territories")
        json.beginArray()
        for area in settings.territory.areas {
            json.beginObject()
            json.member("kind", area.kind.rawValue)
            json.member("code", area.code)
            json.member("name", area.name)
            json.endObject()
        }
        json.endArray()
        json.member("currency", "EUR")
        json.member("floor_cents", settings.envelope.floor)
        json.member("ceiling_cents", settings.envelope.ceiling)
        json.member("envelope_cents", settings.envelope.envelope)
        json.member("duration_months", settings.envelope.months)
        json.member("rules_version", call.rulesVersion)
        json.member("published_at", call.publishedAt.map(Format.machine))
        json.member("updated_at", Format.machine(call.updatedAt))
        json.member("url", base + Paths.call(call.slug))
        json.endObject()
    }

    private static let wave = JSONSchema.object(
        ["id", "label", "time_zone", "deadline"].map { ($0, JSONSchema.type("string")) } + [
            ("opens_at", JSONSchema.type(["string", "null"], format: "date-time")),
            ("closes_at", JSONSchema.type(["string"], format: "date-time")),
        ])

    private static let item = JSONSchema.object(
        ["id", "slug", "title", "organiser", "contact_email", "summary", "currency"].map {
            ($0, JSONSchema.type("string"))
        } + [
            ("nature", JSONSchema.choice(CallNature.allCases.map(\.rawValue))),
            ("phase", JSONSchema.choice(phases.keys.sorted())),
            ("is_permanent", JSONSchema.type("boolean")),
            ("waves", JSONSchema.array(of: wave)),
            (
                "territories",
                JSONSchema.array(
                    of: JSONSchema.object([
                        ("kind", JSONSchema.choice(CallTerritory.Area.Kind.allCases.map(\.rawValue))),
                        ("code", JSONSchema.type("string")), ("name", JSONSchema.type("string")),
                    ]))
            ),
            ("floor_cents", JSONSchema.type("integer", "null")), ("ceiling_cents", JSONSchema.type("integer", "null")),
            ("envelope_cents", JSONSchema.type("integer", "null")),
            ("duration_months", JSONSchema.type("integer", "null")), ("rules_version", JSONSchema.type("integer")),
            ("published_at", JSONSchema.type(["string", "null"], format: "date-time")),
            ("updated_at", JSONSchema.type(["string"], format: "date-time")),
            ("url", JSONSchema.type(["string"], format: "uri")),
        ])

    static let operation = Route.Operation(
        "Les appels publiés du réseau",
        query: [
            .init("nature", "string", "ami, aap ou label."),
            .init("phase", "string", "coming, open, closed ou cancelled."),
            .init("commune", "string", "Code INSEE d’une commune\u{202F}: les appels ouverts à ses projets."),
        ],
        schema: JSONSchema.object([
            ("items", JSONSchema.array(of: item)), ("total", JSONSchema.type("integer")),
            ("next_cursor", JSONSchema.type("string", "null")),
        ]))
}
