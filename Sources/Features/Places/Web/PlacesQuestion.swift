import Exchange
import HTTPTypes
import Maillage
import Storage

/// What the machine interface is asked about places: the same question as the pages', read strictly. A name or a value that
/// means nothing is told, never passed over: a filter misspelt would otherwise answer the whole register.
struct PlacesQuestion: Sendable {
    let fields: PlaceQueryFields
    let cursor: PlaceCursor?
    /// How many places are wanted, when the question says so.
    let limit: Int?

    var query: PlaceQuery { fields.query }

    /// Throws `Problems` naming the parameters.
    init(_ visit: Visit) async throws {
        var problems = Problems()
        var asked: [Fields.Field] = []
        for field in visit.query.all where !field.name.hasPrefix("_") {
            switch field.name {
            case "sort":
                if let sort = Self.sorts[field.value] {
                    asked.append(Fields.Field(name: "tri", value: sort.rawValue))
                } else {
                    problems.add("sort", "name, relevance, distance ou updated.")
                }
            case "circle", "cercle":
                let known = try await Self.circles(visit)
                let codes = field.value.split(separator: ",").map { known[$0.lowercased()] ?? String($0) }
                asked.append(Fields.Field(name: field.name, value: codes.joined(separator: ",")))
            case "cursor": break
            case _ where Self.names.contains(field.name): asked.append(field)
            default: problems.add(String(field.name.prefix(60)), "Ce paramètre n’existe pas.")
            }
        }
        fields = PlaceQueryFields(Fields(asked))
        for problem in fields.problems.list { problems.add(problem.field, problem.message) }
        limit = visit.query.has("limit") ? fields.query.limit : nil
        let text = visit.query.text("cursor")
        cursor = text.flatMap(Self.cursor)
        if text != nil, cursor?.order != fields.query.order {
            problems.add("cursor", "Ce repère ne vient pas d’une réponse à la même question.")
        }
        try problems.throwIfAny()
    }

    /// The parameters that have a meaning, French and English.
    static let names = Set(
        [
            "q", "commune", "epci", "ouvert", "week-end", "open_at", "updated_since", "bbox", "pres", "near", "rayon",
            "radius",
        ]
            + ["tri", "limit"] + Facet.allCases.map(\.rawValue) + PlaceQueryReader.aliases.values.joined())

    private static let sorts: [String: PlaceQuery.Sort] = [
        "name": .name, "relevance": .relevance, "distance": .distance, "updated": .updated,
    ]

    private typealias Facet = PlaceFacet

    static func cursor(_ text: String) -> PlaceCursor? {
        guard text.utf8.count <= 1_200, let bytes = Base64URL.decode(text),
            let plain = String(validating: bytes, as: UTF8.self)
        else { return nil }
        return PlaceCursor(text: plain)
    }

    static func text(_ cursor: PlaceCursor) -> String {
        Base64URL.encode(Array(cursor.text.utf8))
    }

    /// The identifiers of circles by their codes and slugs, in lower case.
    private static func circles(_ visit: Visit) async throws -> [String: String] {
        let circles = try await visit.read { try CircleStore.all($0) }
        let pairs = circles.flatMap { [($0.code.lowercased(), $0.id.text), ($0.slug, $0.id.text)] }
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }
}

extension Visit {
    /// Names the answer to this address as the register stands: it changes whenever the register does, at each start, and
    /// each minute where the hour matters.
    func placesTag(_ query: PlaceQuery? = nil) -> String {
        let directory = reception.directory
        let minute = query.map { $0.isOpenNow || $0.isOpenAtWeekend } == true ? now.seconds / 60 : 0
        let name = "\(directory.epoch) \(directory.generation) \(minute) \(target)"
        return "W/\"\(FreshnessDoor.tag(of: Array(name.utf8)))\""
    }

    /// The short answer, when the visitor holds this one already.
    func unchanged(_ tag: String) -> Answer? {
        guard FreshnessDoor.matches(headers[.ifNoneMatch], tag) else { return nil }
        return Answer(status: .notModified).openData(tag)
    }
}

extension Answer {
    /// Public data: the same for everybody, to be asked about again before each use.
    func openData(_ tag: String? = nil) -> Answer {
        var answer = with(.cacheControl, KeptFile.alwaysAsked).with(.vary, "Accept-Encoding")
        if let tag { answer.headers[.eTag] = tag }
        return answer
    }
}
