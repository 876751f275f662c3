import Exchange
import Storage

/// One line as the open files tell it, with what is wrong of it: the ledger's line, its funder, its agreement and its shares.
public struct FundingPublication: Sendable {
    public let line: FundingLine
    public let funder: Funder
    /// The number of its agreement and the days it covers; nil without an agreement in force.
    public let agreement: Covered?
    public let shares: [AgreementShare]
    /// How many instalments are planned or paid.
    public let instalments: Int

    public struct Covered: Sendable, Equatable {
        public let number: String
        public let signedOn: CivilDate
        public let startsOn: CivilDate
        public let endsOn: CivilDate
    }

    /// The day of the agreement, or of the decision when there is none.
    public var decidedOn: CivilDate? { agreement?.signedOn ?? line.days.granted }

    /// Three months after the signature: until when the law wants it published (decree 2017-779), above 23,000 €.
    public var publishBy: CivilDate? {
        guard line.facts.form.isSubsidy, line.fold.granted > AgreementArticle.threshold else { return nil }
        return decidedOn.map { AgreementDays.later($0, months: 3) }
    }

    /// What prevents the line from standing in the subsidy file, in plain words; empty when nothing does (FUND-18).
    public var faults: [String] {
        var faults: [String] = []
        if line.facts.isPerson { faults.append("Le bénéficiaire est une personne\u{202F}: elle n’est jamais publiée.") }
        if !line.facts.form.isSubsidy { faults.append("Un prêt, une garantie ou un apport n’est pas une subvention.") }
        if !line.state.isGranted || line.fold.granted == 0 { faults.append("Rien n’est accordé.") }
        if !OfficialNumbers.isSIRET(funder.siret) { faults.append("Le SIRET du financeur manque.") }
        if decidedOn == nil { faults.append("Le jour de la décision manque.") }
        for recipient in recipients where recipient.siret.isEmpty && !SubsidyFile.isPublishable(rna: recipient.rna) {
            faults.append("Il manque le SIRET ou le numéro RNA de «\u{A0}\(recipient.name)\u{A0}».")
        }
        if line.facts.object.count > 256 { faults.append("L’objet passe 256 caractères.") }
        if recipients.contains(where: { $0.tenThousandths < 100 }) {
            faults.append("Une part fait moins d’un centième de l’aide\u{202F}: le format ne sait pas l’écrire.")
        }
        if line.fold.granted > AgreementArticle.threshold, agreement == nil, line.facts.form.isSubsidy {
            faults.append("Au-delà de 23\u{202F}000\u{A0}€, la convention est obligatoire et n’est pas signée.")
        }
        return faults
    }

    /// Who receives, with the share of the whole in ten-thousandths; the shares make ten thousand.
    public var recipients: [(name: String, siret: String, rna: String, tenThousandths: Int)] {
        let weights = shares.map(\.amount)
        guard shares.count > 1, let parts = Apportionment.shares(of: 10_000, weights: weights) else {
            return [(line.facts.beneficiary, line.facts.siret, line.facts.rna, 10_000)]
        }
        return zip(shares, parts).map { share, part in
            let isLead = share.isLead
            return (
                share.name, share.siret.isEmpty && isLead ? line.facts.siret : share.siret,
                isLead ? line.facts.rna : "", part
            )
        }
    }

    /// The lines to publish of a funder or of all, by identifier, with what is wrong of each: for those who keep them.
    public static func candidates(
        _ principal: Principal, funder: Funder.ID?, year: Int?, limit: Int, _ reader: Reader
    ) throws -> [FundingPublication] {
        var condition: SQL = """
            \(VisibleFunding.kept(by: principal))
                AND funding_line.state IN ('accorde', 'conventionne', 'verse', 'solde', 'reverse')
            """
        if let funder { condition += " AND funding_line.funder_id = \(funder)" }
        if let year { condition += " AND funding_line.year = \(year)" }
        return try list(condition, after: FundingLine.ID(0), limit: limit, reader)
    }

    /// The published lines after one, in the order of the file. Everybody reads them.
    public static func published(
        funder: Funder.ID?, from first: Int?, to last: Int?, after id: FundingLine.ID, limit: Int, _ reader: Reader
    ) throws -> [FundingPublication] {
        var condition: SQL = "funding_line.published_at IS NOT NULL"
        if let funder { condition += " AND funding_line.funder_id = \(funder)" }
        if let first { condition += " AND funding_line.year >= \(first)" }
        if let last { condition += " AND funding_line.year <= \(last)" }
        return try list(condition, after: id, limit: limit, reader)
    }

    static func of(_ line: FundingLine.ID, _ reader: Reader) throws -> FundingPublication? {
        try list("funding_line.id = \(line)", after: FundingLine.ID(0), limit: 1, reader).first
    }

    /// Three statements whatever the number of lines.
    private static func list(_ condition: SQL, after id: FundingLine.ID, limit: Int, _ reader: Reader) throws
        -> [FundingPublication]
    {
        struct Found {
            let line: FundingLine
            let agreement: Agreement.ID?
            let covered: Covered?
            let instalments: Int
        }
        let found = try reader.all(
            """
            SELECT \(FundingStore.columns), agreement.id, agreement.number, agreement.activated_on,
                agreement_version.starts_on, agreement_version.months, (
                    SELECT COUNT(*)
                    FROM instalment
                    WHERE instalment.agreement_id = agreement.id
                        AND instalment.state <> 'annulee')
            FROM funding_line
            LEFT JOIN agreement ON agreement.line_id = funding_line.id AND agreement.active_version > 0
            LEFT JOIN agreement_version ON agreement_version.agreement_id = agreement.id
                AND agreement_version.version = agreement.active_version
            WHERE funding_line.id > \(id)
                AND \(condition)
            ORDER BY funding_line.id
            LIMIT \(limit)
            """
        ) { row in
            func day(_ column: Int) throws -> CivilDate? { try row.optionalText(column).flatMap { CivilDate(iso: $0) } }
            var covered: Covered?
            if let number = try row.optionalText(34), let signed = try day(35), let start = try day(36) {
                covered = Covered(
                    number: number, signedOn: signed, startsOn: start,
                    endsOn: AgreementDays.end(start, months: Int(try row.int(37))))
            }
            return Found(
                line: try FundingStore.read(row), agreement: try row.optionalInt(33).map { Agreement.ID($0) },
                covered: covered, instalments: Int(try row.optionalInt(38) ?? 0))
        }
        let shares = try AgreementShareStore.shares(of: found.compactMap(\.agreement), reader)
        let funders = Dictionary(try FunderStore.all(reader).map { ($0.id, $0) }) { first, _ in first }
        return found.compactMap { one in
            guard let funder = funders[one.line.facts.funder] else { return nil }
            return FundingPublication(
                line: one.line, funder: funder, agreement: one.covered,
                shares: one.agreement.flatMap { shares[$0] } ?? [], instalments: one.instalments)
        }
    }
}
