import Exchange
import Storage

/// The SQL of `funding_line`. Nobody else writes these columns.
public enum FundingStore {
    static let columns: SQL = """
        funding_line.id, funding_line.funder_id, funding_line.envelope_id, funding_line.call_id,
            funding_line.candidacy_id, funding_line.place_id, funding_line.beneficiary, funding_line.siret,
            funding_line.rna, funding_line.is_person, funding_line.scheme, funding_line.form, funding_line.purpose,
            funding_line.object, funding_line.year, funding_line.is_de_minimis, funding_line.base_cents,
            funding_line.reference, funding_line.state, funding_line.asked_cents, funding_line.granted_cents,
            funding_line.paid_cents, funding_line.returned_cents, funding_line.asked_on, funding_line.granted_on,
            funding_line.agreed_on, funding_line.paid_on, funding_line.settled_on, funding_line.version,
            funding_line.created_at, funding_line.created_by, funding_line.updated_at, funding_line.published_at
        """

    /// A line the principal reads, in full or in its public form.
    public static func line(_ principal: Principal, _ id: FundingLine.ID, _ reader: Reader) throws -> FundingLine? {
        try list("funding_line.id = \(id) AND \(VisibleFunding.to(principal))", limit: 1, reader).first
    }

    /// Any line, for an act that has yet to ask whether the one who acts may know of it.
    static func any(_ id: FundingLine.ID, _ reader: Reader) throws -> FundingLine? {
        try list("funding_line.id = \(id)", limit: 1, reader).first
    }

    /// Lines under a condition, the newest first.
    static func list(
        _ condition: SQL, order: SQL = "funding_line.year DESC, funding_line.id DESC", limit: Int, offset: Int = 0,
        _ reader: Reader
    ) throws -> [FundingLine] {
        try reader.all(
            """
            SELECT \(columns)
            FROM funding_line
            WHERE \(condition)
            ORDER BY \(order)
            LIMIT \(limit) OFFSET \(offset)
            """, read)
    }

    /// What ties the principal to a line now.
    public static func ties(_ principal: Principal, _ line: FundingLine, _ reader: Reader) throws -> FundingRights.Ties
    {
        guard let account = principal.account else { return FundingRights.Ties() }
        var ties = FundingRights.Ties()
        if let call = line.facts.call { ties.isTeam = try CallTeamStore.belongs(principal, to: call, reader) }
        ties.isAgent = try FunderStore.belongs(principal, to: line.facts.funder, reader)
        let managed = principal.subjects(of: .place, holding: [.placeManager])
        ties.isBeneficiary = line.facts.place.map { managed.contains($0.number) } ?? false
        if !ties.isBeneficiary, let candidacy = line.facts.candidacy {
            ties.isBeneficiary = try reader.exists(
                "SELECT 1 FROM candidacy WHERE id = \(candidacy) AND holder_id = \(account)")
        }
        return ties
    }

    static func insert(_ line: FundingLine, _ writer: Writer) throws {
        let (facts, fold, days) = (line.facts, line.fold, line.days)
        try writer.run(
            """
            INSERT INTO funding_line (id, funder_id, envelope_id, call_id, candidacy_id, place_id, beneficiary, siret, rna,
                is_person, scheme, form, purpose, object, year, is_de_minimis, base_cents, reference, state, asked_cents,
                granted_cents, paid_cents, returned_cents, committed_cents, asked_on, granted_on, agreed_on, paid_on,
                settled_on, version, created_at, created_by, updated_at, published_at)
            VALUES (\(line.id), \(facts.funder), \(facts.envelope), \(facts.call), \(facts.candidacy), \(facts.place),
                \(facts.beneficiary), \(facts.siret), \(facts.rna), \(facts.isPerson), \(facts.scheme),
                \(facts.form.rawValue), \(facts.purpose.rawValue), \(facts.object), \(facts.year), \(facts.isDeMinimis),
                \(facts.base), \(facts.reference), \(fold.state.rawValue), \(fold.asked), \(fold.granted), \(fold.paid),
                \(fold.returned), \(fold.committed), \(days.asked?.description), \(days.granted?.description),
                \(days.agreed?.description), \(days.paid?.description), \(days.settled?.description), \(line.version),
                \(line.createdAt), \(line.createdBy), \(line.updatedAt), \(line.publishedAt))
            """)
    }

    /// Writes the line one version further, if nobody did since; throws `Conflict` otherwise.
    static func update(_ line: FundingLine, at version: Int, _ writer: Writer) throws {
        let (facts, fold, days) = (line.facts, line.fold, line.days)
        let changed = try writer.run(
            """
            UPDATE funding_line
            SET envelope_id = \(facts.envelope),
                call_id = \(facts.call),
                candidacy_id = \(facts.candidacy),
                place_id = \(facts.place),
                beneficiary = \(facts.beneficiary),
                siret = \(facts.siret),
                rna = \(facts.rna),
                is_person = \(facts.isPerson),
                scheme = \(facts.scheme),
                form = \(facts.form.rawValue),
                purpose = \(facts.purpose.rawValue),
                object = \(facts.object),
                year = \(facts.year),
                is_de_minimis = \(facts.isDeMinimis),
                base_cents = \(facts.base),
                reference = \(facts.reference),
                state = \(fold.state.rawValue),
                asked_cents = \(fold.asked),
                granted_cents = \(fold.granted),
                paid_cents = \(fold.paid),
                returned_cents = \(fold.returned),
                committed_cents = \(fold.committed),
                asked_on = \(days.asked?.description),
                granted_on = \(days.granted?.description),
                agreed_on = \(days.agreed?.description),
                paid_on = \(days.paid?.description),
                settled_on = \(days.settled?.description),
                version = \(line.version),
                updated_at = \(line.updatedAt),
                published_at = \(line.publishedAt)
            WHERE id = \(line.id)
                AND version = \(version)
            """)
        guard changed == 1 else { throw Conflict(current: version) }
    }

    static func read(_ row: Row) throws -> FundingLine {
        var facts = FundingFacts(
            funder: Funder.ID(try row.int(1)), beneficiary: try row.text(6), object: try row.text(13),
            year: Int(try row.int(14)))
        facts.envelope = try row.optionalInt(2).map { FundingEnvelope.ID($0) }
        facts.call = try row.optionalInt(3).map { Call.ID($0) }
        facts.candidacy = try row.optionalInt(4).map { Candidacy.ID($0) }
        facts.place = try row.optionalInt(5).map { Place.ID($0) }
        (facts.siret, facts.rna) = (try row.text(7), try row.text(8))
        facts.isPerson = try row.bool(9)
        facts.scheme = try row.text(10)
        facts.form = FundingFacts.Form(rawValue: try row.text(11)) ?? .grant
        facts.purpose = FundingFacts.Purpose(rawValue: try row.text(12)) ?? .unsaid
        facts.isDeMinimis = try row.bool(15)
        facts.base = try row.optionalInt(16).map { Int($0) }
        facts.reference = try row.text(17)
        let fold = FundingFold(
            state: FundingState(rawValue: try row.text(18)) ?? .envisaged, asked: Int(try row.int(19)),
            granted: Int(try row.int(20)), paid: Int(try row.int(21)), returned: Int(try row.int(22)))
        func day(_ column: Int) throws -> CivilDate? { try row.optionalText(column).flatMap { CivilDate(iso: $0) } }
        return FundingLine(
            id: FundingLine.ID(try row.int(0)), facts: facts, fold: fold,
            days: FundingDays(
                asked: try day(23), granted: try day(24), agreed: try day(25), paid: try day(26), settled: try day(27)),
            version: Int(try row.int(28)), createdAt: Instant(microseconds: try row.int(29)),
            createdBy: try row.optionalInt(30).map { Account.ID($0) },
            updatedAt: Instant(microseconds: try row.int(31)),
            publishedAt: try row.optionalInt(32).map { Instant(microseconds: $0) })
    }
}
