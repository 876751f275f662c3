import Storage

/// The rows of one run on their way: read, made ready three batches at a time, written in the file's order.
struct ImportPipeline: Sendable {
    let desk: Desk
    let principal: Principal
    let session: PlaceImportSession
    let run: Int
    let isDryRun: Bool
    let file: PlaceImportFile
    let gazetteer: Gazetteer

    struct Tally: Sendable {
        var rows = 0
        var created = 0
        var updated = 0
        var unchanged = 0
        var proposed = 0
        var linked = 0
        /// Rows met that the source had given before and that had not gone.
        var known = 0
        var rejected: [PlaceImportReport.Remark] = []
        var repaired: [PlaceImportReport.Remark] = []
        var touched: [Place.ID] = []
    }

    /// Goes to the end of the file, or to the first thing that stops it; answers what was done by then, and why it stopped.
    func run(_ progress: @Sendable (Int, Int) -> Void) async -> (Tally, (any Error)?) {
        var tally = Tally()
        do {
            try await go(&tally, progress)
            return (tally, nil)
        } catch {
            return (tally, error)
        }
    }

    private func go(_ tally: inout Tally, _ progress: (Int, Int) -> Void) async throws {
        let reader = try file.reader()
        let readers = (0..<PlaceImporter.lanes).map { _ in RecordReader(file.binding, gazetteer) }
        var lanes: [Task<[IncomingRecord], Never>] = []
        var writing: Task<Written, any Error>?
        var rows: [SourceRow] = []
        var turn = 0
        var more = true
        while more || !rows.isEmpty || !lanes.isEmpty {
            while more, rows.count < PlaceImporter.batch {
                more = try reader.advance { if case .row(let row) = $0 { rows.append(row) } }
            }
            if !rows.isEmpty {
                let batch = Array(rows.prefix(PlaceImporter.batch))
                rows.removeFirst(batch.count)
                let lane = readers[turn % readers.count]
                turn += 1
                lanes.append(Task.detached { batch.map(lane.record) })
            }
            if lanes.count == readers.count || (!more && rows.isEmpty && !lanes.isEmpty) {
                var records = await lanes.removeFirst().value
                if let done = try await writing?.value { take(done, &tally, progress) }
                session.identify(&records)
                let batch = records
                writing = Task.detached { try await write(batch) }
            }
        }
        if let done = try await writing?.value { take(done, &tally, progress) }
    }

    private struct Written: Sendable {
        let rows: Int
        let outcome: ImportPlaces.Outcome
        let known: Int
        let rejected: [PlaceImportReport.Remark]
        let repaired: [PlaceImportReport.Remark]
    }

    private func write(_ records: [IncomingRecord]) async throws -> Written {
        let good = records.filter { $0.fault == nil }
        var outcome = ImportPlaces.Outcome()
        var known = 0
        if isDryRun {
            let session = session
            let decisions = try await desk.database.scan { try ImportDecisions(good, session, run: 0, $0) }
            outcome.created = decisions.count(.created)
            outcome.updated = decisions.count(.updated)
            outcome.unchanged = decisions.count(.unchanged)
            outcome.proposed = decisions.count(.proposed)
            outcome.linked = decisions.linked
            outcome.remarks = decisions.remarks
            known = decisions.known
        } else if !good.isEmpty {
            outcome = try await desk.perform(ImportPlaces(records: good, session: session, run: run), as: principal)
        }
        return Written(
            rows: records.count, outcome: outcome, known: known, rejected: records.compactMap(\.fault),
            repaired: good.flatMap(\.remarks) + outcome.remarks)
    }

    private func take(_ done: Written, _ tally: inout Tally, _ progress: (Int, Int) -> Void) {
        tally.rows += done.rows
        tally.created += done.outcome.created
        tally.updated += done.outcome.updated
        tally.unchanged += done.outcome.unchanged
        tally.proposed += done.outcome.proposed
        tally.linked += done.outcome.linked
        tally.known += done.known
        tally.rejected += done.rejected
        tally.repaired += done.repaired
        tally.touched += done.outcome.touched
        progress(tally.rows, file.rows)
    }
}
