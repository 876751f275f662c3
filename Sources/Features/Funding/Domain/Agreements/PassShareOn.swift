import Exchange

/// Records that the lead passed a part on to a member: never more than its share, nor than what the lead received (FUND-15).
public struct PassShareOn: Act {
    public static let right = "Le bénéficiaire, et qui tient la ligne."

    public let share: AgreementShare.ID
    public let amount: Int
    public let on: CivilDate
    public let proof: String

    public init(share: AgreementShare.ID, amount: Int, on: CivilDate, proof: String) {
        self.share = share
        self.amount = amount
        self.on = on
        self.proof = proof
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard let found = try AgreementShareStore.share(share, proceeding.writer) else { throw Missing() }
        let (_, line, ties) = try AgreementEditing(proceeding: proceeding).shared(found.agreement)
        let principal = proceeding.principal
        guard FundingRights.mayKeep(principal, ties) || FundingRights.benefits(principal, ties, line.state) else {
            throw Denied("Cela revient au bénéficiaire ou à qui tient la ligne.")
        }
    }

    public func perform(_ proceeding: Proceeding) throws {
        let editing = AgreementEditing(proceeding: proceeding)
        guard let found = try AgreementShareStore.share(share, proceeding.writer) else { throw Missing() }
        let (_, line, _) = try editing.shared(found.agreement)
        var problems = Problems()
        let evidence = FundingText.line(proof, "preuve", limit: 300, &problems)
        if evidence.isEmpty { problems.add("preuve", "Donnez la preuve du reversement.") }
        if !(1...FundingFold.most).contains(amount) {
            problems.add("montant", "Donnez un montant d’au moins un centime.")
        }
        if found.share.isLead { problems.add("", "Le chef de file garde sa part\u{202F}: elle ne se reverse pas.") }
        if on > editing.today { problems.add("jour", "Ce jour n’est pas encore venu.") }
        try problems.throwIfAny()
        let excess = found.share.passed + amount - found.share.amount
        if excess > 0 {
            problems.add("montant", "C’est \(FundingText.euros(excess)) de plus que la part de ce membre.")
        }
        let all = try AgreementShareStore.shares(of: found.agreement, proceeding.writer).reduce(0) { $0 + $1.passed }
        let beyond = all + amount - (line.fold.paid - line.fold.returned)
        if beyond > 0 {
            problems.add("montant", "C’est \(FundingText.euros(beyond)) de plus que ce que le chef de file a reçu.")
        }
        try problems.throwIfAny()
        try AgreementShareStore.pass(
            AgreementPassing(share: share, amount: amount, on: on, proof: evidence), id: proceeding.newIdentifier(),
            by: proceeding.principal.account, at: proceeding.now, proceeding.writer)
        _ = try editing.funding.write(
            line, replacing: line, "repartition", amount: amount, on: on, words: "\(found.share.name), \(evidence)")
    }
}
