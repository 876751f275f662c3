import Exchange
import Storage

/// Gives a deposit of the journal back to a database that lost it: the same number, the same receipt to the last bit, under the
/// same key (RCPT-11). A deposit that the database holds is left alone.
public struct ReplayDeposit: Act {
    public static let right = "Le programme lui-même, au démarrage, ou la personne qui l’exploite."

    public let entry: DepositEntry
    /// The public keys of the network: an entry is believed for its receipt's signature, not for where it was found.
    public let keys: [ReceiptPublicKey]

    public init(entry: DepositEntry, keys: [ReceiptPublicKey]) {
        self.entry = entry
        self.keys = keys
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard proceeding.principal.isHouse else { throw Missing() }
    }

    /// Whether it was written; false when the database held it. Throws `DepositAside` with nothing written.
    public func perform(_ proceeding: Proceeding) throws -> Bool {
        let writer = proceeding.writer
        if let known = try CandidacyDepositStore.deposit(exactKey: entry.key, writer) {
            proceeding.concerns(known.candidacy)
            proceeding.note("replayed", "no")
            return false
        }
        let signed = try believed()
        let replay = try DepositReplay(entry: entry, signed: signed, proceeding)
        let deposit = try replay.deposit()
        let candidacy = try replay.candidacy(with: deposit)
        if let former = replay.former {
            try CandidacyStore.update(candidacy, at: former.version, writer)
        } else {
            try CandidacyStore.insert(candidacy, writer)
            try replay.restorePartners(writer)
        }
        try CandidacyDepositStore.insert(deposit, writer)
        try CandidacyFileStore.freeze(deposit, writer)
        try ReceiptStore.insert(signed, id: proceeding.newIdentifier(), of: deposit, writer)
        proceeding.about(candidacy.id)
        proceeding.note("deposit", deposit.id.text)
        proceeding.note("number", String(deposit.number))
        proceeding.note("verdict", deposit.verdict.rawValue)
        proceeding.note("sha256", deposit.digest)
        proceeding.note("receipt", signed.fingerprint.text)
        proceeding.note("replayed", "yes")
        return true
    }

    /// The receipt of the entry, once it holds: signed by a key of the network, and of this very snapshot.
    private func believed() throws -> SignedReceipt {
        let found = ReceiptVerifier(keys: keys).verify(entry.receipt)
        if let fault = found.fault {
            if case .unknownKey(let id) = fault.outcome { throw DepositAside(entry, .unknownKey(id)) }
            throw DepositAside(entry, .altered(fault.line))
        }
        guard let signed = found.signed else { throw DepositAside(entry, .altered("not a receipt")) }
        guard signed.receipt.answersFingerprint == Fingerprint(of: entry.snapshot) else {
            throw DepositAside(entry, .altered("the answers are not those of the receipt"))
        }
        return signed
    }
}

/// A deposit of the journal that cannot be given back to the database: it stays in the journal, and is listed to the operator.
public struct DepositAside: Error, Sendable, Equatable, CustomStringConvertible {
    public enum Reason: Sendable, Equatable {
        /// The entry does not prove itself.
        case altered(String)
        case unknownKey(String)
        /// The call, a limit, a form or a version of the rules that the database does not hold.
        case missing(String)
        case noHolder
        /// Another deposit has its number: the database went on without the journal.
        case numberTaken
    }

    public let key: String
    public let reason: Reason
    /// As the receipt says, when it reads: nothing here is to be believed of an altered entry.
    public let call: String
    public let number: Int?
    public let candidacy: String

    init(_ entry: DepositEntry, _ reason: Reason) {
        key = entry.key
        self.reason = reason
        let receipt = try? SignedReceipt(fileBytes: entry.receipt).receipt
        call = receipt?.call.slug ?? ""
        number = receipt?.number
        candidacy = receipt?.candidacy ?? ""
    }

    /// For the log and the commands.
    public var description: String {
        let name = number.map { "deposit \($0) of \(call), candidacy \(candidacy)" } ?? "deposit of key \(key)"
        return "\(name): \(words)"
    }

    private var words: String {
        switch reason {
        case .altered(let why): "does not prove itself (\(why))"
        case .unknownKey(let id): "signed with key \(id), whose public part is not in keys/: put it back, start again"
        case .missing(let what): "the database holds no \(what)"
        case .noHolder: "the account that leads it is not in the database"
        case .numberTaken: "its number is that of another deposit: the database went on without this journal"
        }
    }
}
