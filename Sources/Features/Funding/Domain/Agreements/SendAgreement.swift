/// Sends the last version of an agreement to be signed, once it says all it must; its beneficiary is told by mail.
public struct SendAgreement: Act {
    public static let right =
        "La coordination, les agents du financeur et l’équipe de l’appel dont la ligne relève."

    public let agreement: Agreement.ID
    public let edition: Int
    public let head: LetterHead

    public init(agreement: Agreement.ID, edition: Int, head: LetterHead) {
        self.agreement = agreement
        self.edition = edition
        self.head = head
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try AgreementEditing(proceeding: proceeding).kept(agreement)
    }

    public func perform(_ proceeding: Proceeding) throws -> Agreement {
        let editing = AgreementEditing(proceeding: proceeding)
        var (found, line) = try editing.kept(agreement)
        guard found.edition == edition else { throw Conflict(current: found.edition) }
        guard let next = found.state.after(.send) else {
            throw Problems("", "Cette convention est «\u{A0}\(found.state.label)\u{A0}»\u{202F}: elle ne s’envoie pas.")
        }
        var problems = Problems()
        for article in try editing.version(found).missing {
            problems.add("article-" + article.rawValue, "Il manque\u{202F}: \(article.label.lowercasedFirst).")
        }
        try problems.throwIfAny()
        found.state = next
        try AgreementStore.update(found, at: edition, proceeding.writer)
        found.edition += 1
        line = try editing.funding.tell("relecture", words: "version \(found.version)", of: line)
        for address in try FundingLetters.beneficiaries(of: line, proceeding.writer) {
            proceeding.send(head.agreementToSign(address, found, line))
        }
        return found
    }
}

extension String {
    /// « Les parties » as it reads inside a sentence.
    var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
