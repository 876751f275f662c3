import Exchange
import HTTPTypes
import Maillage

/// The open files of places: what everybody may see and use again (`Place.isOpenData`), filtered like the lists, written
/// while they are sent, a few hundred places in memory at a time.
enum PlaceFiles {
    static func csv(_ visit: Visit) async throws -> Answer {
        try await file(visit, .csv, type: "text/csv; charset=utf-8", savedAs: "lieux.csv")
    }

    static func mednum(_ visit: Visit) async throws -> Answer {
        try await file(visit, .mednum, type: "text/csv; charset=utf-8", savedAs: "lieux-de-mediation-numerique.csv")
    }

    static func geojson(_ visit: Visit) async throws -> Answer {
        try await file(visit, .geojson, type: "application/geo+json", savedAs: nil)
    }

    private static func file(
        _ visit: Visit, _ format: PlaceFileWriter.Format, type: String, savedAs name: String?
    ) async throws -> Answer {
        let question = try await PlacesQuestion(visit)
        let tag = visit.placesTag(question.query)
        if let answer = visit.unchanged(tag) { return answer }
        let start = batches(question, visit)
        return Answer.stream(type: type, savedAs: name) { sink in
            var writer = PlaceFileWriter(format)
            // The titles go at once: whoever waits knows that the file comes.
            try await sink.write(writer.take())
            var batches = start
            while let places = try await batches.next() {
                writer.append(places)
                try await sink.write(writer.take())
            }
            writer.finish()
            try await sink.write(writer.take())
        }.openData(tag)
    }

    static func xlsx(_ visit: Visit) async throws -> Answer {
        let question = try await PlacesQuestion(visit)
        let tag = visit.placesTag(question.query)
        if let answer = visit.unchanged(tag) { return answer }
        let start = batches(question, visit)
        let now = visit.now
        return Answer.stream(type: WorkbookStream.Format.xlsx.mediaType, savedAs: "lieux.xlsx") { sink in
            let workbook = try PlaceWorkbook(at: now)
            try await sink.write(workbook.take())
            var batches = start
            while let places = try await batches.next() {
                try workbook.append(places)
                try await sink.write(workbook.take())
            }
            try await sink.write(try workbook.finish())
        }.openData(tag)
    }

    private static func batches(_ question: PlacesQuestion, _ visit: Visit) -> PlaceBatches {
        var ids = visit.reception.directory.ids(question.query, for: .visitor)
        if let limit = question.limit { ids = Array(ids.prefix(limit)) }
        return PlaceBatches(visit.reception.database, .these(ids), onlyOpenData: true, page: visit.placePage)
    }
}
