import Exchange

/// Says what each member of a consortium gets of an agreement; the sum is the agreement's amount to the cent (FUND-15).
public struct SetShares: Act {
    public static let right =
        "La coordination, les agents du financeur et l’équipe de l’appel dont la ligne relève."

    /// A member as it is written.
    public struct Member: Sendable, Equatable {
        public var name: String
        public var siret: String
        public var amount: Int
        public var isLead: Bool

        public init(_ name: String, siret: String = "", amount: Int, isLead: Bool = false) {
            self.name = name
            self.siret = siret
            self.amount = amount
            self.isLead = isLead
        }
    }

    public let agreement: Agreement.ID
    public let members: [Member]

    public init(agreement: Agreement.ID, members: [Member]) {
        self.agreement = agreement
        self.members = members
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try AgreementEditing(proceeding: proceeding).kept(agreement)
    }

    public func perform(_ proceeding: Proceeding) throws {
        let editing = AgreementEditing(proceeding: proceeding)
        let (found, line) = try editing.kept(agreement)
        guard !found.state.isOver else { throw Problems("", "Cette convention est terminée.") }
        var problems = Problems()
        if try !AgreementShareStore.passings(of: agreement, proceeding.writer).isEmpty {
            problems.add("", "De l’argent a déjà été reversé aux membres\u{202F}: les parts ne changent plus.")
        }
        let amount = line.fold.granted
        if members.isEmpty || members.count > 60 { problems.add("membres", "Un consortium compte de 1 à 60 membres.") }
        if members.count(where: \.isLead) != 1 {
            problems.add("membres", "Un membre, et un seul, est le chef de file.")
        }
        var clean: [Member] = []
        var sum = 0
        for member in members.prefix(60) {
            var kept = member
            kept.name = FundingText.line(member.name, "membres", limit: 200, &problems)
            kept.siret = FundingText.digits(member.siret)
            if kept.name.isEmpty { problems.add("membres", "Nommez chaque membre.") }
            if !kept.siret.isEmpty, !OfficialNumbers.isSIRET(kept.siret) {
                problems.add("membres", "Le SIRET de «\u{A0}\(kept.name)\u{A0}» est faux.")
            }
            if !(1...FundingFold.most).contains(kept.amount) {
                problems.add("membres", "La part de «\u{A0}\(kept.name)\u{A0}» est d’au moins un centime.")
            } else {
                sum += kept.amount
            }
            clean.append(kept)
        }
        if problems.isEmpty, sum != amount {
            let gap = FundingText.euros(abs(sum - amount))
            problems.add(
                "membres",
                "Les parts font \(FundingText.euros(sum)), la convention \(FundingText.euros(amount))\u{202F}: "
                    + (sum > amount ? "\(gap) de trop." : "il manque \(gap)."))
        }
        try problems.throwIfAny()
        try AgreementShareStore.removeAll(of: agreement, at: proceeding.now, proceeding.writer)
        for (index, member) in clean.enumerated() {
            try AgreementShareStore.insert(
                AgreementShare(
                    id: proceeding.newIdentifier(), rank: index + 1, name: member.name, siret: member.siret,
                    amount: member.amount, isLead: member.isLead), of: agreement, proceeding.writer)
        }
        try editing.funding.tell("parts", words: "\(clean.count) membres", of: line)
    }
}
