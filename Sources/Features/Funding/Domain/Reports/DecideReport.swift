/// Accepts a report, or sends it back saying why. Who handed it in for the beneficiary does not accept it.
public struct DecideReport: Act {
    public static let right =
        "La coordination, les agents du financeur et l’équipe de l’appel dont la ligne relève, sauf du côté du bénéficiaire."

    public let report: FundingReport.ID
    public let edition: Int
    public let accepts: Bool
    public let reason: String
    public let head: LetterHead

    public init(report: FundingReport.ID, edition: Int, accepts: Bool, reason: String = "", head: LetterHead) {
        self.report = report
        self.edition = edition
        self.accepts = accepts
        self.reason = reason
        self.head = head
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard let found = try FundingReportStore.any(report, proceeding.writer) else { throw Missing() }
        let (_, line) = try AgreementEditing(proceeding: proceeding).kept(found.agreement)
        if try FundingStore.ties(proceeding.principal, line, proceeding.writer).isBeneficiary {
            throw Denied("Vous êtes du côté du bénéficiaire\u{202F}: une autre personne décide de son bilan.")
        }
    }

    public func perform(_ proceeding: Proceeding) throws {
        let editing = AgreementEditing(proceeding: proceeding)
        guard var found = try FundingReportStore.any(report, proceeding.writer) else { throw Missing() }
        let (_, line) = try editing.kept(found.agreement)
        guard found.edition == edition else { throw Conflict(current: found.edition) }
        guard let next = found.state.after(accepts ? .accept : .sendBack) else {
            throw Problems("", "Ce bilan est «\u{A0}\(found.state.label)\u{A0}»\u{202F}: il n’attend pas de décision.")
        }
        var problems = Problems()
        found.reason = FundingText.long(reason, "motif", limit: 2_000, &problems)
        if !accepts, found.reason.isEmpty {
            problems.add("motif", "Dites ce qu’il faut corriger\u{202F}: le bénéficiaire le lit.")
        }
        try problems.throwIfAny()
        found.state = next
        try FundingReportStore.decide(found, by: proceeding.principal.account, at: proceeding.now, proceeding.writer)
        try editing.funding.tell(
            accepts ? "bilan_accepte" : "bilan_retourne", words: accepts ? found.kind.label : found.reason, of: line)
        if !accepts {
            for address in try FundingLetters.beneficiaries(of: line, proceeding.writer) {
                proceeding.send(head.reportReturned(address, found, line))
            }
        }
    }
}
