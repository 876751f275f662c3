import Storage

/// Where an agreement is paid. Two people for one account: one gives it, another verifies it (FUND-13).
public struct BankAccount: Sendable, Equatable {
    public typealias ID = Identifier<BankAccount>

    public let id: ID
    public let agreement: Agreement.ID
    public let iban: String
    public let holder: String
    public let proposedAt: Instant
    public let proposedBy: Account.ID
    public let verifiedAt: Instant?
    public let verifiedBy: Account.ID?

    /// `FR76 •••• 0189`: enough to recognise it.
    public var masked: String { "\(iban.prefix(4)) •••• \(iban.suffix(4))" }
}

/// International bank account numbers (ISO 13616): country, two check digits, the account.
public enum IBAN {
    /// The number without blanks, in capitals; nil when its check digits or its length are wrong.
    public static func canonical(_ text: String) -> String? {
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars where !scalar.properties.isWhitespace {
            switch scalar.value {
            case 48...57, 65...90: bytes.append(UInt8(scalar.value))
            case 97...122: bytes.append(UInt8(scalar.value) - 32)
            default: return nil
            }
            guard bytes.count <= 34 else { return nil }
        }
        guard bytes.count >= 15, isLetter(bytes[0]), isLetter(bytes[1]), !isLetter(bytes[2]), !isLetter(bytes[3]) else {
            return nil
        }
        if bytes[0] == UInt8(ascii: "F"), bytes[1] == UInt8(ascii: "R"), bytes.count != 27 { return nil }
        guard remainder(bytes[4...] + bytes[..<4]) == 1 else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The remainder by 97 of the number, letters being read as 10 to 35 (ISO 7064).
    private static func remainder(_ bytes: some Sequence<UInt8>) -> Int {
        bytes.reduce(0) { rest, byte in
            isLetter(byte) ? (rest * 100 + Int(byte) - 55) % 97 : (rest * 10 + Int(byte) - 48) % 97
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { byte >= 65 }
}

/// The SQL of `bank_account`.
public enum BankAccountStore {
    /// Those of an agreement, the latest first. The one who asks reads the line in full.
    public static func accounts(of agreement: Agreement.ID, _ reader: Reader) throws -> [BankAccount] {
        try list("agreement_id = \(agreement)", reader)
    }

    /// The account an agreement is paid to: the latest, if it was verified; nil while a newer one waits.
    static func current(of agreement: Agreement.ID, _ reader: Reader) throws -> BankAccount? {
        guard let latest = try accounts(of: agreement, reader).first, latest.verifiedAt != nil else { return nil }
        return latest
    }

    static func any(_ id: BankAccount.ID, _ reader: Reader) throws -> BankAccount? {
        try list("id = \(id)", reader).first
    }

    static func insert(_ account: BankAccount, _ writer: Writer) throws {
        try writer.run(
            """
            INSERT INTO bank_account (id, agreement_id, iban, holder, proposed_at, proposed_by)
            VALUES (\(account.id), \(account.agreement), \(account.iban), \(account.holder), \(account.proposedAt),
                \(account.proposedBy))
            """)
    }

    static func verify(_ id: BankAccount.ID, by account: Account.ID, at now: Instant, _ writer: Writer) throws -> Bool {
        try writer.run(
            """
            UPDATE bank_account
            SET verified_at = \(now),
                verified_by = \(account)
            WHERE id = \(id)
                AND verified_at IS NULL
            """) == 1
    }

    private static func list(_ condition: SQL, _ reader: Reader) throws -> [BankAccount] {
        try reader.all(
            """
            SELECT id, agreement_id, iban, holder, proposed_at, proposed_by, verified_at, verified_by
            FROM bank_account
            WHERE \(condition)
            ORDER BY id DESC
            """
        ) { row in
            BankAccount(
                id: BankAccount.ID(try row.int(0)), agreement: Agreement.ID(try row.int(1)), iban: try row.text(2),
                holder: try row.text(3), proposedAt: Instant(microseconds: try row.int(4)),
                proposedBy: Account.ID(try row.int(5)),
                verifiedAt: try row.optionalInt(6).map { Instant(microseconds: $0) },
                verifiedBy: try row.optionalInt(7).map { Account.ID($0) })
        }
    }
}
