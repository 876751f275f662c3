import Exchange

/// Corrects the kind or the SIRET of a funder; its name stays, lines and files are signed with it.
public struct DescribeFunder: Act {
    public static let right = "La coordination et les agents du financeur."

    public let funder: Funder.ID
    public let kind: Funder.Kind
    public let siret: String

    public init(funder: Funder.ID, kind: Funder.Kind, siret: String) {
        self.funder = funder
        self.kind = kind
        self.siret = siret
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard try FunderStore.funder(funder, proceeding.writer) != nil else { throw Missing() }
        guard try FunderStore.kept(by: proceeding.principal, proceeding.writer).contains(where: { $0.id == funder })
        else { throw Denied("Cela revient à la coordination et aux agents de ce financeur.") }
    }

    public func perform(_ proceeding: Proceeding) throws {
        let number = FundingText.digits(siret)
        if !number.isEmpty, !OfficialNumbers.isSIRET(number) { throw Problems("siret", AddFunder.siretShape) }
        try FunderStore.describe(funder, kind: kind, siret: number, proceeding.writer)
        proceeding.about(funder)
    }
}
