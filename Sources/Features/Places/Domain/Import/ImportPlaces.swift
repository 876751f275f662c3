import Storage

/// Takes a batch of a source's rows into the register: new places are added and published, known ones brought up to date where
/// the source had the last word, proposed to people where they had it. The same rows again change nothing.
public struct ImportPlaces: Act {
    public static let right = "L’administration technique, à la machine ; la coordination, depuis son écran."

    let records: [IncomingRecord]
    let session: PlaceImportSession
    let run: Int

    public struct Outcome: Sendable {
        var created = 0
        var updated = 0
        var unchanged = 0
        var proposed = 0
        var linked = 0
        var remarks: [PlaceImportReport.Remark] = []
        /// The places whose sheets changed.
        var touched: [Place.ID] = []
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard PlaceImporter.mayImport(proceeding.principal) else {
            throw Denied("L’import de fiches revient à la coordination.")
        }
    }

    public func perform(_ proceeding: Proceeding) throws -> Outcome {
        let writer = proceeding.writer
        let decisions = try ImportDecisions(records, session, run: run, writer)
        var outcome = Outcome()
        outcome.created = decisions.count(.created)
        outcome.updated = decisions.count(.updated)
        outcome.unchanged = decisions.count(.unchanged)
        outcome.proposed = decisions.count(.proposed)
        outcome.linked = decisions.linked
        outcome.remarks = decisions.remarks
        try ImportKeyStore.seen(decisions.same, of: session.source, run: run, at: session.startedAt, writer)
        try add(decisions.fresh, proceeding, &outcome)
        for change in decisions.changes { try apply(change, proceeding, &outcome) }
        proceeding.note("source", session.source)
        for (name, count) in [
            ("created", outcome.created), ("updated", outcome.updated), ("unchanged", outcome.unchanged),
            ("proposed", outcome.proposed),
        ] where count > 0 {
            proceeding.note(name, String(count))
        }
        return outcome
    }

    private func add(_ records: [IncomingRecord], _ proceeding: Proceeding, _ outcome: inout Outcome) throws {
        if records.isEmpty { return }
        let slugs = try session.slugs.slugs(for: records, proceeding.writer)
        var places: [FreshPlace] = []
        places.reserveCapacity(records.count)
        for (record, slug) in zip(records, slugs) {
            places.append(FreshPlace(id: proceeding.newIdentifier(), slug: slug, record: record))
        }
        try PlaceStore.insert(
            places, from: session.source, at: session.startedAt, { proceeding.newIdentifier() }, proceeding.writer)
        try ImportKeyStore.insert(
            places.map { .init(sourceKey: $0.record.key, place: $0.id, record: $0.record) }, of: session.source,
            run: run,
            at: session.startedAt, proceeding.writer)
        outcome.touched += places.map(\.id)
    }

    private func apply(_ change: ImportDecisions.Change, _ proceeding: Proceeding, _ outcome: inout Outcome) throws {
        let writer = proceeding.writer
        let record = change.record
        if !change.difference.written.isEmpty {
            var place = change.place
            place.sheet = change.difference.sheet
            place.version += 1
            place.updatedAt = session.startedAt
            for field in change.difference.written {
                place.origins[field] =
                    place.sheet[field] == nil ? nil : Origin(source: session.source, at: session.startedAt)
            }
            try PlaceStore.update(place, replacing: change.place, writer)
            try PlaceHistory.add(
                PlaceChange(
                    id: proceeding.newIdentifier(), place: place.id, version: place.version, at: session.startedAt,
                    actor: proceeding.principal.account, source: session.source, kind: .imported, comment: "",
                    fields: change.difference.written.map {
                        PlaceChange.FieldChange($0, from: change.place.sheet[$0], to: place.sheet[$0])
                    }), writer)
            outcome.touched.append(place.id)
        }
        try ProposalStore.withdrawOpen(of: change.place.id, source: session.source, at: session.startedAt, writer)
        if !change.difference.proposed.isEmpty {
            try ProposalStore.insert(
                PlaceProposal(
                    id: proceeding.newIdentifier(), place: change.place.id, kind: .imported, source: session.source,
                    fields: change.difference.proposed, comment: "", author: "", state: .open,
                    createdAt: session.startedAt), writer)
        }
        if let former = change.formerKey {
            try ImportKeyStore.update(
                former, to: record.key, record, of: session.source, run: run, at: session.startedAt, writer)
        } else {
            try ImportKeyStore.insert(
                [.init(sourceKey: record.key, place: change.place.id, record: record)], of: session.source, run: run,
                at: session.startedAt, writer)
        }
    }
}
