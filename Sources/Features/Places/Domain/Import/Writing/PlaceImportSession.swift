import Synchronization

/// What one run of an import knows from its first row to its last.
final class PlaceImportSession: Sendable {
    let source: String
    let startedAt: Instant
    let matcher: PlaceMatcher
    let slugs = SlugPool()

    private let state = Mutex(State())

    private struct State {
        /// The line on which each key was met.
        var lines: [String: Int] = [:]
        /// The places and the keys that rows of this run have been recognised as, with the row's line.
        var places: [Place.ID: Int] = [:]
        var formerKeys: [String: Int] = [:]
    }

    init(source: String, startedAt: Instant, matcher: PlaceMatcher) {
        self.source = source
        self.startedAt = startedAt
        self.matcher = matcher
    }

    /// Gives a key to rows that have none, and turns away a row whose key an earlier row had.
    func identify(_ records: inout [IncomingRecord]) {
        state.withLock { state in
            for index in records.indices where records[index].fault == nil {
                let line = records[index].line
                if records[index].key.isEmpty {
                    let stem = "#" + records[index].fingerprint
                    var key = stem
                    var rank = 1
                    let first = state.lines[stem]
                    while state.lines[key] != nil {
                        rank += 1
                        key = "\(stem)~\(rank)"
                    }
                    if let first {
                        records[index].remark(
                            "", records[index].name,
                            "same name, commune and address as line \(first): kept as a second place")
                    }
                    records[index].key = key
                    state.lines[key] = line
                } else if let first = state.lines[records[index].key] {
                    records[index].fault = .init(
                        line: line, column: "id", value: records[index].key,
                        reason: "this identifier is already that of line \(first)")
                } else {
                    state.lines[records[index].key] = line
                }
            }
        }
    }

    /// Whether another row of this run has been recognised as this place.
    func isTaken(_ place: Place.ID, by line: Int) -> Bool {
        state.withLock { $0.places[place].map { $0 != line } ?? false }
    }

    func take(_ place: Place.ID, by line: Int) {
        state.withLock { $0.places[place] = line }
    }

    /// Takes the first of some keys that no other row of this run has taken.
    func takeKey(_ keys: [String], by line: Int) -> String? {
        state.withLock { state in
            let free = keys.first { key in
                (state.formerKeys[key] == nil && state.lines[key] == nil) || state.formerKeys[key] == line
            }
            if let free { state.formerKeys[free] = line }
            return free
        }
    }
}
