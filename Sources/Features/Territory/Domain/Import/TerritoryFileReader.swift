import Exchange

/// Opens files of any encoding, as tables or as features.
enum TerritoryFileReader {
    enum Content {
        case table(TerritoryFileKind)
        case features(TerritoryFileKind)
    }

    /// What a file is, by its first bytes; nil when it is none of those known.
    static func recognise(_ source: TerritorySource) throws -> Content? {
        var transcoder = TextTranscoder()
        var table = CSVTableReader()
        var isJSON: Bool?
        var features = GeoJSONReader()
        var content: Content?
        func look(at feature: GeoJSONReader.Outcome) throws {
            if content == nil { content = TerritoryFileKind.of(try feature.get()).map(Content.features) }
            throw Recognised()
        }
        do {
            try source.read { chunk in
                let text = transcoder.feed(chunk)
                isJSON = isJSON ?? text.first { $0 > 0x20 }.map { $0 == 0x7B }
                if isJSON == true {
                    try features.feed(text, look)
                } else if isJSON == false {
                    try table.feed(text) { _ in }
                    if let header = table.header {
                        content = TerritoryFileKind.of(header).map(Content.table)
                        throw Recognised()
                    }
                }
                return true
            }
            if isJSON == true {
                try features.finish(look)
            } else {
                try table.feed(transcoder.finish()) { _ in }
                try table.finish { _ in }
                content = table.header.flatMap(TerritoryFileKind.of).map(Content.table)
            }
        } catch is Recognised {
            return content
        } catch {
            throw refusal(error, source.name)
        }
        return content
    }

    private struct Recognised: Error {}

    /// Hands over each row of a table.
    static func rows(of source: TerritorySource, _ each: (CSVRow) throws -> Void) throws {
        var transcoder = TextTranscoder()
        var table = CSVTableReader()
        try translating(source.name) {
            try source.read { chunk in
                try table.feed(transcoder.feed(chunk), each)
                return true
            }
            try table.feed(transcoder.finish(), each)
            try table.finish(each)
        }
    }

    /// Hands over each feature, or why one is refused.
    static func features(of source: TerritorySource, _ each: (GeoJSONReader.Outcome) throws -> Void) throws {
        var transcoder = TextTranscoder()
        var reader = GeoJSONReader()
        try translating(source.name) {
            try source.read { chunk in
                try reader.feed(transcoder.feed(chunk), each)
                return true
            }
            try reader.feed(transcoder.finish(), each)
            try reader.finish(each)
        }
    }

    private static func translating(_ name: String, _ body: () throws -> Void) throws {
        do {
            try body()
        } catch {
            throw refusal(error, name)
        }
    }

    private static func refusal(_ error: any Error, _ name: String) -> any Error {
        switch error {
        case let problem as CSVProblem:
            TerritoryRefusal(file: name, line: problem.line, reason: problem.reason)
        case let problem as JSONProblem:
            TerritoryRefusal(file: name, line: problem.line, reason: problem.reason)
        case let problem as GeoJSONProblem:
            TerritoryRefusal(file: name, line: problem.line, reason: problem.reason)
        default: error
        }
    }
}

extension CSVProblem {
    /// The description without its place.
    fileprivate var reason: String {
        let text = description
        return text.split(separator: ": ", maxSplits: 1).last.map(String.init) ?? text
    }
}
