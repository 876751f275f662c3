import Exchange

/// Asks for a report by a day, beside the final one that every agreement expects.
public struct ExpectReport: Act {
    public static let right =
        "La coordination, les agents du financeur et l’équipe de l’appel dont la ligne relève."

    public let agreement: Agreement.ID
    public let dueOn: CivilDate

    public init(agreement: Agreement.ID, dueOn: CivilDate) {
        self.agreement = agreement
        self.dueOn = dueOn
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try AgreementEditing(proceeding: proceeding).kept(agreement)
    }

    public func perform(_ proceeding: Proceeding) throws {
        let editing = AgreementEditing(proceeding: proceeding)
        let (found, line) = try editing.kept(agreement)
        guard found.state == .active || found.activeVersion > 0, !found.state.isOver else {
            throw Problems("", "Un bilan se demande quand la convention est en vigueur.")
        }
        let others = try FundingReportStore.reports(of: agreement, proceeding.writer)
        if others.contains(where: { $0.kind == .intermediate && $0.dueOn == dueOn }) {
            throw Problems("jour", "Un bilan intermédiaire est déjà attendu ce jour-là.")
        }
        if others.count >= 40 { throw Problems("", "Cette convention compte déjà 40 bilans.") }
        try FundingReportStore.insert(
            FundingReport(
                id: proceeding.newIdentifier(), agreement: agreement, kind: .intermediate, dueOn: dueOn,
                state: .expected,
                narrative: "", reason: "", edition: 1), proceeding.writer)
        try editing.funding.tell("bilan_prevu", words: dueOn.description, of: line)
    }
}
