import Storage

/// What is done with a row.
enum ImportVerdict: Sendable {
    case created, updated, unchanged, proposed
}

/// What each row of a batch comes to, decided from what the database holds. Reading only: a dry run ends here.
struct ImportDecisions: Sendable {
    struct Change: Sendable {
        let record: IncomingRecord
        let place: Place
        let difference: ImportDifference
        /// The key the row was known by; nil when it is new to its source.
        let formerKey: String?

        var verdict: ImportVerdict {
            if !difference.written.isEmpty { return .updated }
            return difference.proposed.isEmpty ? .unchanged : .proposed
        }
    }

    var fresh: [IncomingRecord] = []
    var changes: [Change] = []
    /// Keys of rows that say what they said before.
    var same: [String] = []
    var linked = 0
    /// What is worth saying of rows that became places of their own.
    var remarks: [PlaceImportReport.Remark] = []
    /// Keys known before this run and not gone.
    var known = 0

    /// - Parameter run: the run of the source; 0 when nothing is to be written.
    init(_ records: [IncomingRecord], _ session: PlaceImportSession, run: Int, _ reader: Reader) throws {
        // Of a source that never gave anything, no row can be known: the session tells those of this run apart.
        let isFirst = try run <= 1 && ImportKeyStore.runs(of: session.source, reader) == run
        let keys = isFirst ? [:] : try ImportKeyStore.keys(of: session.source, records.map(\.key), reader)
        let strangers = records.filter { keys[$0.key] == nil }
        let twins =
            strangers.isEmpty || isFirst
            ? [:] : try ImportKeyStore.keys(of: session.source, fingerprints: strangers.map(\.fingerprint), reader)
        var wanted: [(record: IncomingRecord, place: Place.ID, formerKey: String?)] = []
        for record in records {
            var key = keys[record.key]
            if key == nil, let former = Self.twin(of: record, twins[record.fingerprint] ?? [], session) { key = former }
            if let key {
                if !key.isGone { known += 1 }
                if key.digest == record.digest, key.sourceKey == record.key {
                    same.append(record.key)
                } else {
                    wanted.append((record, key.place, key.sourceKey))
                }
                continue
            }
            switch session.matcher.match(record, isTaken: { session.isTaken($0, by: record.line) }) {
            case .place(let place):
                session.take(place, by: record.line)
                wanted.append((record, place, nil))
            case .sameSIRET(let name):
                remarks.append(
                    .init(
                        line: record.line, column: "", value: record.siret ?? "",
                        reason:
                            "the same SIRET as “\(name.prefix(120))” in this commune, under another name and at another "
                            + "address: kept as a place of its own"))
                fresh.append(record)
            case .none: fresh.append(record)
            }
        }
        guard !wanted.isEmpty else { return }
        let places = try PlaceStore.any(wanted.map(\.place), reader)
        let dates = try ImportKeyStore.dates(of: wanted.map(\.place), reader)
        let refused = try ImportRefusals.read(of: wanted.map(\.place), from: session.source, reader)
        for (record, id, formerKey) in wanted {
            guard let place = places[id] else { continue }
            if formerKey == nil { linked += 1 }
            changes.append(
                Change(
                    record: record, place: place,
                    difference: ImportDifference(
                        record, to: place, from: session.source, dates: dates[id] ?? [:], refused: refused[id] ?? [:]),
                    formerKey: formerKey))
        }
    }

    /// The key that the same row had when its source gave no identifiers.
    private static func twin(
        of record: IncomingRecord, _ keys: [ImportKeyStore.Key], _ session: PlaceImportSession
    ) -> ImportKeyStore.Key? {
        // Between two editions with identifiers, another identifier is another row.
        let isNamed = !record.key.hasPrefix("#")
        let candidates = keys.filter { isNamed ? $0.sourceKey.hasPrefix("#") : !$0.sourceKey.hasPrefix("#") }
        guard let taken = session.takeKey(candidates.map(\.sourceKey), by: record.line) else { return nil }
        return candidates.first { $0.sourceKey == taken }
    }

    func count(_ verdict: ImportVerdict) -> Int {
        let changed = changes.count { $0.verdict == verdict }
        switch verdict {
        case .created: return fresh.count
        case .unchanged: return same.count + changed
        case .updated, .proposed: return changed
        }
    }
}
