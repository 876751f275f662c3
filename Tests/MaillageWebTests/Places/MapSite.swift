import Geography
import HTTPTypes
import HummingbirdCore
import Logging
import Maillage
import NIOCore
import Storage
import Workbench

@testable import MaillageWeb

/// A corner of the country behind the real doors, on one engine, with its views kept fresh by the desk as in the real house.
struct MapSite {
    let reception: Reception
    let doors: Doors

    static func on(
        _ engine: TestEngine, settings: Settings = Settings(), _ body: (MapSite) async throws -> Void
    ) async throws {
        try await withFreshDatabase(engine, Schema.migrations) { database in
            let (surroundings, _) = Surroundings.fixed(at: Instant(seconds: 1_790_000_000))
            let directory = Directory(database: database, surroundings: surroundings)
            try await directory.load()
            let gazetteer = LiveGazetteer(database: database)
            let cache = PageCache()
            let desk = Desk(
                database: database, surroundings: surroundings,
                listeners: [
                    { await directory.refresh($0) }, { await gazetteer.refresh($0) }, cache.listener,
                ])
            var log = Logger(label: "test")
            log.logLevel = .critical
            let reception = Reception(
                desk: desk, settings: settings, assets: Assets(files: [:]),
                keys: Keys(secret: Array(repeating: 7, count: 32)), cache: cache, log: log, directory: directory,
                gazetteer: gazetteer)
            try await desk.perform(UpdateTerritory(Self.territory()), as: .house)
            try await body(MapSite(reception: reception, doors: Doors(reception: reception, routes: SiteMap.all)))
        }
    }

    var desk: Desk { reception.desk }

    /// A published place in a commune of the demo's territory.
    @discardableResult
    func place(
        _ name: String, commune: (name: String, postalCode: String, code: String), at point: (Double, Double),
        visibility: Place.Visibility = .everyone, _ more: [SheetField: SheetValue] = [:]
    ) async throws -> Place {
        var values = more
        values[.name] = .text(name)
        values[.sites] = .rows([
            [
                "commune_nom": commune.name, "code_postal": commune.postalCode, "commune": commune.code,
                "latitude": String(point.0), "longitude": String(point.1),
            ]
        ])
        return try await desk.perform(CreatePlace(values: values, visibility: visibility), as: .house)
    }

    static let lille = (name: "Lille", postalCode: "59000", code: "59350")
    static let hazebrouck = (name: "Hazebrouck", postalCode: "59190", code: "59295")
    static let boulogne = (name: "Boulogne-sur-Mer", postalCode: "62200", code: "62160")

    /// Two départements as rectangles, five communes.
    static func territory() -> TerritoryBatch {
        var batch = TerritoryBatch()
        batch.edition = 2024
        batch.regions = [.init(code: "32", name: "Hauts-de-France")]
        batch.departements = [
            .init(code: "59", name: "Nord", region: "32"), .init(code: "62", name: "Pas-de-Calais", region: "32"),
        ]
        batch.epcis = [.init(siren: "200093201", name: "Métropole Européenne de Lille", nature: "METRO")]
        for (code, name, population, latitude, longitude, epci) in [
            ("59350", "Lille", 236_000, 50.63, 3.06, "200093201"),
            ("59512", "Roubaix", 98_000, 50.69, 3.18, "200093201"),
            ("59295", "Hazebrouck", 21_400, 50.72, 2.54, nil as String?),
            ("62160", "Boulogne-sur-Mer", 40_000, 50.73, 1.61, nil),
            ("62001", "Ablainzevelle", 210, 50.15, 2.75, nil),
        ] {
            batch.communes.append(
                Commune(
                    code: code, name: name, departement: String(code.prefix(2)), region: "32", epci: epci,
                    population: population, centre: Point(latitude: latitude, longitude: longitude)))
        }
        batch.postalCodes = [
            .init("59000", "59350"), .init("59100", "59512"), .init("59190", "59295"), .init("62200", "62160"),
        ]
        batch.formers = [.init(code: "59298", name: "Hellemmes", successor: "59350", until: "1977-01-01")]
        batch.zonings = [
            .init(
                kind: "QPV", code: "QN05976M", name: "Quartier Sud", startsOn: "2024-01-01", endsOn: nil,
                edition: "2024",
                communes: ["59350"])
        ]
        for (code, name, west, east) in [("59", "Nord", 2.4, 4.2), ("62", "Pas-de-Calais", 1.5, 2.4)] {
            let corners = [(50.0, west), (50.0, east), (51.1, east), (51.1, west)].compactMap {
                Point(latitude: $0.0, longitude: $0.1)
            }
            guard let ring = Ring(corners), let box = BoundingBox(containing: corners) else { continue }
            let bytes = Contour(MultiPolygon([Polygon(outer: ring)])).bytes
            batch.outlines.append(
                .init(
                    kind: .departement, code: code, name: name, box: box, fine: bytes, coarse: bytes, edition: "essai"))
        }
        return batch
    }

    struct Reply {
        let status: Int
        let headers: HTTPFields
        let text: String
    }

    func get(_ path: String, _ headers: HTTPFields = [:]) async throws -> Reply {
        let head = HTTPRequest(
            method: .get, scheme: "http", authority: "127.0.0.1:8080", path: path, headerFields: headers)
        let answer = try await doors.answer(Request(head: head, body: RequestBody(buffer: ByteBuffer())), peer: nil)
        var text = ""
        if case .bytes(let buffer) = answer.body { text = String(decoding: buffer.readableBytesView, as: UTF8.self) }
        return Reply(status: answer.status.code, headers: answer.headers, text: text)
    }
}
