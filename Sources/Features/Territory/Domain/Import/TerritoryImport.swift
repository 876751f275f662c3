import Storage

/// Takes official files into the territorial register: recognised by what they hold, in the order in which they depend on
/// one another, each read whole before any of it is written, then written in acts of a few thousand rows.
public struct TerritoryImport: Sendable {
    public struct Progress: Sendable {
        public let file: String
        public let kind: TerritoryFileKind
        /// Acts performed, of how many.
        public let done: Int
        public let total: Int
    }

    private let desk: Desk
    private let edition: Int?

    /// - Parameter edition: the year of the communes and contours, when no name of a file says it.
    public init(desk: Desk, edition: Int? = nil) {
        self.desk = desk
        self.edition = edition
    }

    /// One report for each file, in the order they were taken. A file that is refused does not keep the others from being
    /// taken. Throws `StorageError` and what the sources throw.
    public func run(
        _ sources: [TerritorySource], progress: @Sendable (Progress) -> Void = { _ in }
    ) async throws -> [TerritoryFileReport] {
        var reports: [TerritoryFileReport] = []
        var known: [Known] = []
        for source in sources {
            do {
                switch try TerritoryFileReader.recognise(source) {
                case .table(let kind), .features(let kind): known.append((source, kind))
                case nil: reports.append(Self.report(source, .notRecognised))
                }
            } catch let refusal as TerritoryRefusal {
                reports.append(Self.report(source, .refused(refusal)))
            }
        }
        known.sort { ($0.kind, $0.source.name) < ($1.kind, $1.source.name) }
        var register: Register?
        for (source, kind) in known {
            if kind.isUnused {
                var report = Self.report(source, .unused)
                report.kind = kind
                reports.append(report)
                continue
            }
            reports.append(try await take(source, kind, known, &register, progress))
        }
        return reports
    }

    private typealias Known = (source: TerritorySource, kind: TerritoryFileKind)

    /// What files are read by means of.
    private struct Register: Sendable {
        let gazetteer: Gazetteer
        let stale: Set<String>
    }

    private func take(
        _ source: TerritorySource, _ kind: TerritoryFileKind, _ all: [Known], _ register: inout Register?,
        _ progress: @Sendable (Progress) -> Void
    ) async throws -> TerritoryFileReport {
        let digest = try source.digest()
        let name = source.name
        let isKnown = try await desk.database.scan { reader in
            try reader.exists("SELECT 1 FROM territory_file WHERE name = \(name) AND digest = \(digest)")
        }
        if isKnown {
            var report = Self.report(source, .unchanged)
            report.kind = kind
            return report
        }
        let present: Register
        if let register { present = register } else { present = try await read() }
        register = present
        var harvest = TerritoryHarvest(
            name, kind, present.gazetteer, stale: present.stale, edition: year(of: source, kind, all, present))
        do {
            try harvest.read(source, outlineEdition: (source.year ?? edition).map(String.init) ?? "")
        } catch let refusal as TerritoryRefusal {
            var report = Self.report(source, .refused(refusal))
            report.kind = kind
            return report
        }
        var pieces = harvest.pieces()
        if pieces.isEmpty { pieces.append(TerritoryBatch()) }
        pieces[pieces.count - 1].file = TerritoryBatch.FileMark(
            name: name, kind: kind.rawValue, digest: digest, rows: harvest.report.rows,
            outdates: kind.outdates.map(\.rawValue))
        for (rank, piece) in pieces.enumerated() {
            progress(Progress(file: name, kind: kind, done: rank, total: pieces.count))
            try await desk.perform(UpdateTerritory(piece), as: .house)
        }
        progress(Progress(file: name, kind: kind, done: pieces.count, total: pieces.count))
        if kind.changesTheRegister { register = nil }
        return harvest.report
    }

    private func read() async throws -> Register {
        try await desk.database.scan { reader in
            let stale = try reader.all(
                """
                SELECT code
                FROM commune
                WHERE retired_on IS NULL AND edition < (SELECT MAX(edition) FROM commune WHERE region IS NOT NULL)
                    AND region IS NOT NULL
                ORDER BY code
                """
            ) { try $0.text(0) }
            return Register(gazetteer: try Gazetteer.read(reader), stale: Set(stale))
        }
    }

    /// The list of communes does not say its year: the option does, or its name, or the latest movement given with it, or
    /// the edition before, or the clock.
    private func year(
        of source: TerritorySource, _ kind: TerritoryFileKind, _ all: [Known], _ register: Register
    ) -> Int {
        if kind != .communes { return max(register.gazetteer.edition, 1) }
        if let year = edition ?? source.year { return year }
        var latest = ""
        for other in all {
            if other.kind != .movements { continue }
            // A file that cannot be read to its end is refused in its turn.
            try? TerritoryFileReader.rows(of: other.source) { latest = max(latest, $0["DATE_EFF"] ?? "") }
        }
        let clock = Int(1970 + desk.surroundings.now().seconds / 31_556_952)
        return Int(latest.prefix(4)) ?? clock
    }

    private static func report(_ source: TerritorySource, _ state: TerritoryFileReport.State) -> TerritoryFileReport {
        var report = TerritoryFileReport(source.name)
        report.state = state
        return report
    }
}
