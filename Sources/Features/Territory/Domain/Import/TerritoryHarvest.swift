import Exchange
import Geography

/// What the rows of one file come to: the changes to write, and the account of the rows.
struct TerritoryHarvest {
    let gazetteer: Gazetteer
    /// The communes that no file of the latest edition holds.
    let stale: Set<String>
    let edition: Int
    let fileName: String
    var batch = TerritoryBatch()
    var report: TerritoryFileReport
    /// The zonings being filled, by kind, code and edition.
    var zonings: [ZoningKey: ZoningDraft] = [:]

    struct ZoningKey: Hashable {
        let kind, code, edition: String
    }

    struct ZoningDraft {
        var name: String
        var startsOn: String
        var endsOn: String?
        var note: String?
        var communes: [TerritoryBatch.Method: Set<String>] = [:]
    }

    init(_ name: String, _ kind: TerritoryFileKind, _ gazetteer: Gazetteer, stale: Set<String>, edition: Int) {
        self.gazetteer = gazetteer
        self.stale = stale
        self.edition = edition
        fileName = name
        report = TerritoryFileReport(name)
        report.kind = kind
        batch.edition = edition
    }

    func refuse(_ reason: String, line: Int? = nil) -> TerritoryRefusal {
        TerritoryRefusal(file: fileName, line: line, reason: reason)
    }

    /// Refuses a file whose rows would mean nothing yet.
    func needCommunes() throws {
        if gazetteer.isEmpty { throw refuse("needs the communes first (INSEE's COG: TYPECOM, COM, …, COMPARENT)") }
    }

    /// The present commune of a code of any time, after putting back a lost zero; nil after rejecting the row.
    mutating func commune(_ code: String, _ row: CSVRow, _ column: String, name: String = "") -> Commune? {
        let resolution = gazetteer.resolve(name: name, code: code)
        if let commune = gazetteer.commune(code) { return commune }
        guard let commune = resolution.commune, CommuneCode.packed(code) != nil || CommuneCode.restored(code) != nil
        else {
            let several = gazetteer.current(code).map(\.code)
            report.reject(
                row.line, column, code,
                several.isEmpty ? "no such commune" : "divided between \(several.joined(separator: ", "))")
            return nil
        }
        for repair in resolution.repairs {
            switch repair {
            case .lostZero(let restored): report.repair(row.line, column, code, "leading zero put back: \(restored)")
            case .formerCode: report.repair(row.line, column, code, "now part of \(commune.code) \(commune.name)")
            case .nameOfAnother: break
            default: return rejected(code, row, column)
            }
        }
        // Without a repair of the code itself, the name alone would have decided.
        return resolution.repairs.isEmpty ? rejected(code, row, column) : commune
    }

    private mutating func rejected(_ code: String, _ row: CSVRow, _ column: String) -> Commune? {
        report.reject(row.line, column, code, "no such commune")
        return nil
    }

    mutating func join(
        _ communes: [String], by method: TerritoryBatch.Method, to key: ZoningKey,
        _ draft: @autoclosure () -> ZoningDraft
    ) {
        zonings[key, default: draft()].communes[method, default: []].formUnion(communes)
    }

    /// The changes, in acts of a few thousand rows; those that others point to come first.
    mutating func pieces(of size: Int = 4_000) -> [TerritoryBatch] {
        for (key, draft) in zonings.sorted(by: { ($0.key.kind, $0.key.code) < ($1.key.kind, $1.key.code) }) {
            let methods = draft.communes.isEmpty ? [.code: []] : draft.communes
            for (method, communes) in methods.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
                batch.zonings.append(
                    TerritoryBatch.Zoning(
                        kind: key.kind, code: key.code, name: draft.name, startsOn: draft.startsOn,
                        endsOn: draft.endsOn,
                        edition: key.edition, communes: communes.sorted(), method: method, note: draft.note))
            }
        }
        zonings.removeAll()
        return batch.pieces(of: size)
    }
}

extension TerritoryBatch {
    /// The same rows in several batches, in the order in which they may be written.
    func pieces(of size: Int) -> [TerritoryBatch] {
        var pieces: [TerritoryBatch] = []
        func cut<Row>(
            _ rows: [Row], _ field: WritableKeyPath<TerritoryBatch, [Row]>, _ weight: (Row) -> Int = { _ in 1 }
        ) {
            var piece = TerritoryBatch()
            piece.edition = edition
            var count = 0
            for row in rows {
                piece[keyPath: field].append(row)
                count += weight(row)
                if count >= size {
                    pieces.append(piece)
                    piece[keyPath: field] = []
                    count = 0
                }
            }
            if !piece[keyPath: field].isEmpty { pieces.append(piece) }
        }
        cut(regions, \.regions)
        cut(departements, \.departements)
        cut(epcis, \.epcis)
        cut(communes, \.communes)
        cut(formers, \.formers)
        cut(postalCodes, \.postalCodes)
        cut(facts, \.facts)
        cut(zonings, \.zonings) { 1 + $0.communes.count }
        cut(outlines, \.outlines) { 1 + ($0.fine.count + $0.coarse.count) / 256 }
        cut(retirements, \.retirements)
        return pieces
    }
}
