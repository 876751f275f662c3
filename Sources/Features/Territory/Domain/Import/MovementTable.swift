import Exchange

/// INSEE's history of communes: mergers are followed from one to the next until a commune of today.
///
/// Codes of `MOD`: 10 change of name, 20 creation, 21 re-establishment, 30 suppression, 31 merger, 32 new commune, 33 merger with
/// association, 34 and 35 end of the association or delegation, 41 change of code, 50 change of seat.
struct MovementTable {
    private struct Step {
        let to: String
        let date: String
        let name: String
    }

    private struct Pending {
        let line: Int
        let code: String
        let name: String
        let date: String
    }

    private var steps: [String: [Step]] = [:]
    private var pending: [Pending] = []
    /// The day of the latest movement.
    private(set) var latest = ""

    mutating func take(_ row: CSVRow, _ harvest: inout TerritoryHarvest) {
        let (before, after) = (row["COM_AV"] ?? "", row["COM_AP"] ?? "")
        let date = row["DATE_EFF"] ?? ""
        let name = row["LIBELLE_AV"] ?? ""
        guard CivilDate(iso: date) != nil else {
            return harvest.report.reject(row.line, "DATE_EFF", date, "not a date")
        }
        guard CommuneCode.packed(after) != nil else {
            return harvest.report.reject(row.line, "COM_AP", after, "not the code of a commune")
        }
        if before.isEmpty { return harvest.report.skip("creation out of no commune") }
        guard CommuneCode.packed(before) != nil else {
            return harvest.report.reject(row.line, "COM_AV", before, "not the code of a commune")
        }
        latest = max(latest, date)
        let kind = row["MOD"] ?? ""
        if row["TYPECOM_AP"] != "COM" {
            return harvest.report.skip("becomes an associated or delegated commune or a district")
        }
        if kind == "20" || kind == "21" {
            return harvest.report.skip("creation or re-establishment: the former one remains")
        }
        if before == after {
            guard Commune.key(name) != Commune.key(row["LIBELLE_AP"] ?? "") else {
                return harvest.report.skip("neither code nor name changes")
            }
            pending.append(Pending(line: row.line, code: before, name: name, date: date))
        } else {
            steps[before, default: []].append(Step(to: after, date: date, name: name))
            pending.append(Pending(line: row.line, code: before, name: name, date: date))
        }
    }

    func finish(_ harvest: inout TerritoryHarvest) {
        var written: Set<String> = []
        var retired: Set<String> = []
        for item in pending {
            let heirs = heirs(of: item.code, from: item.date, harvest)
            if heirs.isEmpty {
                harvest.report.reject(item.line, "COM_AV", item.code, "leads to no commune of the register")
                continue
            }
            if isCurrent(item.code, harvest), heirs != [item.code] {
                harvest.report.skip("the commune exists again")
                continue
            }
            for heir in heirs {
                if heir == item.code, let now = harvest.gazetteer.commune(heir),
                    Commune.key(now.name) == Commune.key(item.name)
                {
                    continue
                }
                guard written.insert("\(item.code) \(heir) \(Commune.key(item.name))").inserted else { continue }
                harvest.batch.formers.append(
                    TerritoryBatch.Former(code: item.code, name: item.name, successor: heir, until: item.date))
            }
            if harvest.stale.contains(item.code), let heir = heirs.first, heir != item.code,
                retired.insert(item.code).inserted
            {
                harvest.batch.retirements.append(
                    TerritoryBatch.Retirement(commune: item.code, successor: heir, on: item.date))
            }
            harvest.report.take()
        }
        if !retired.isEmpty { harvest.report.notes.append("\(retired.count) communes of an earlier edition retired") }
    }

    private func isCurrent(_ code: String, _ harvest: TerritoryHarvest) -> Bool {
        harvest.gazetteer.commune(code) != nil && !harvest.stale.contains(code)
    }

    /// The communes of today that a code of some day led to, in the order of their codes.
    private func heirs(of code: String, from date: String, _ harvest: TerritoryHarvest) -> [String] {
        var found: Set<String> = []
        var seen: Set<String> = []
        var waiting = [(code: code, date: date)]
        // Each code is walked once from each day: the file cannot make this circle. Seats have moved to and fro.
        while let next = waiting.popLast(), seen.count < 1_000 {
            guard seen.insert(next.code + next.date).inserted else { continue }
            if isCurrent(next.code, harvest) {
                found.insert(next.code)
                continue
            }
            let later = (steps[next.code] ?? []).filter { $0.date >= next.date }
            // A code may have been used, given up and used again: what counts is what happened first after that day.
            guard let first = later.map(\.date).min() else { continue }
            for step in later where step.date == first { waiting.append((step.to, step.date)) }
        }
        return found.sorted()
    }
}
