/// Hands a report in: what was done, what was reached, what was spent. It may be handed in again until it is accepted.
public struct SubmitReport: Act {
    public static let right = "Le bénéficiaire, et qui tient la ligne."

    public let report: FundingReport.ID
    public let edition: Int
    public let narrative: String
    public let indicators: [FundingReport.Indicator]
    public let accounts: [FundingReport.Account]

    public init(
        report: FundingReport.ID, edition: Int, narrative: String, indicators: [FundingReport.Indicator] = [],
        accounts: [FundingReport.Account] = []
    ) {
        self.report = report
        self.edition = edition
        self.narrative = narrative
        self.indicators = indicators
        self.accounts = accounts
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard let found = try FundingReportStore.any(report, proceeding.writer) else { throw Missing() }
        let (_, line, ties) = try AgreementEditing(proceeding: proceeding).shared(found.agreement)
        let principal = proceeding.principal
        guard FundingRights.mayKeep(principal, ties) || FundingRights.benefits(principal, ties, line.state) else {
            throw Denied("Remettre un bilan revient au bénéficiaire.")
        }
    }

    public func perform(_ proceeding: Proceeding) throws {
        let editing = AgreementEditing(proceeding: proceeding)
        guard var found = try FundingReportStore.any(report, proceeding.writer) else { throw Missing() }
        let (agreement, line, _) = try editing.shared(found.agreement)
        guard found.edition == edition else { throw Conflict(current: found.edition) }
        guard !agreement.state.isOver, let next = found.state.after(.submit) else {
            throw Problems("", "Ce bilan est «\u{A0}\(found.state.label)\u{A0}»\u{202F}: il ne change plus.")
        }
        var problems = Problems()
        found.narrative = FundingText.long(narrative, "recit", &problems)
        if found.narrative.isEmpty { problems.add("recit", "Racontez ce qui a été fait, objectif par objectif.") }
        if indicators.count > 60 || accounts.count > 60 {
            problems.add("", "Un bilan compte au plus 60 lignes de chaque sorte.")
        }
        found.indicators = indicators.prefix(60).map { indicator in
            var clean = indicator
            clean.label = FundingText.line(indicator.label, "indicateurs", limit: 200, &problems)
            clean.evidence = FundingText.line(indicator.evidence, "indicateurs", limit: 300, &problems)
            if clean.label.isEmpty { problems.add("indicateurs", "Nommez chaque indicateur.") }
            let bounds = -1_000_000_000_000...1_000_000_000_000
            if !bounds.contains(clean.target) || !bounds.contains(clean.done) {
                problems.add("indicateurs", "Ce nombre n’est pas possible.")
            }
            return clean
        }
        found.accounts = accounts.prefix(60).map { account in
            var clean = account
            clean.code = FundingText.line(account.code, "comptes", limit: 120, &problems)
            clean.remark = FundingText.line(account.remark, "comptes", limit: 300, &problems)
            if clean.code.isEmpty { problems.add("comptes", "Nommez chaque compte.") }
            if !(0...FundingFold.most).contains(clean.planned) || !(0...FundingFold.most).contains(clean.realised) {
                problems.add("comptes", "Ce montant n’est pas possible.")
            }
            return clean
        }
        if found.kind == .final, found.accounts.isEmpty {
            problems.add("comptes", "Le bilan final porte un compte rendu financier\u{202F}: au moins un compte.")
        }
        try problems.throwIfAny()
        found.state = next
        try FundingReportStore.submit(found, by: proceeding.principal.account, at: proceeding.now, proceeding.writer)
        try editing.funding.tell("bilan", words: found.kind.label, of: line)
    }
}
