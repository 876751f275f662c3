import Exchange
import Storage

/// What the acts on an agreement share: finding it with its line and the rights of the one who acts.
struct AgreementEditing {
    let proceeding: Proceeding

    private var writer: Writer { proceeding.writer }

    var funding: FundingEditing { FundingEditing(proceeding: proceeding) }
    var today: CivilDate { FundingText.today(proceeding.now) }

    /// The agreement with its line, if the one who acts keeps the line.
    func kept(_ id: Agreement.ID) throws -> (agreement: Agreement, line: FundingLine) {
        guard let agreement = try AgreementStore.any(id, writer) else { throw Missing() }
        return (agreement, try funding.kept(agreement.line))
    }

    /// The agreement with its line and what ties the one who acts to it, if they keep it or benefit from it. Somebody for whom the
    /// line is public learns nothing of its agreement.
    func shared(_ id: Agreement.ID) throws -> (agreement: Agreement, line: FundingLine, ties: FundingRights.Ties) {
        guard let agreement = try AgreementStore.any(id, writer) else { throw Missing() }
        let (line, ties) = try funding.shared(agreement.line)
        return (agreement, line, ties)
    }

    func version(_ agreement: Agreement) throws -> AgreementVersion {
        guard let version = try AgreementStore.versions(of: agreement.id, writer).last else { throw Missing() }
        return version
    }

    /// A person: two of them are asked where money leaves.
    func person() throws -> Account.ID {
        guard let account = proceeding.principal.account else {
            throw Denied("Cela se fait en personne, connecté à un compte.")
        }
        return account
    }

    /// The instalment with its agreement and line, if the one who acts keeps the line.
    func kept(_ id: Instalment.ID) throws -> (instalment: Instalment, agreement: Agreement, line: FundingLine) {
        guard let instalment = try InstalmentStore.any(id, writer) else { throw Missing() }
        let (agreement, line) = try kept(instalment.agreement)
        return (instalment, agreement, line)
    }
}
