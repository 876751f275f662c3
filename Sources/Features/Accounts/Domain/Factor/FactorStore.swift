import Storage

/// The statements on the tables `second_factor` and `recovery_code`.
public enum FactorStore {
    public static func factor(of account: Account.ID, _ reader: Reader) throws -> SecondFactor {
        try reader.one(
            """
            SELECT second_factor.confirmed_at,
                (SELECT COUNT(*)
                FROM recovery_code
                WHERE recovery_code.account_id = second_factor.account_id
                    AND recovery_code.used_at IS NULL)
            FROM second_factor
            WHERE second_factor.account_id = \(account)
            """
        ) {
            SecondFactor(
                since: try $0.optionalInt(0).map { Instant(microseconds: $0) }, codesLeft: Int(try $0.int(1)))
        } ?? .none
    }

    static func isConfirmed(_ account: Account.ID, _ reader: Reader) throws -> Bool {
        try reader.exists(
            "SELECT 1 FROM second_factor WHERE account_id = \(account) AND confirmed_at IS NOT NULL")
    }

    /// The sealed secret that makes the account's codes.
    static func sealed(_ account: Account.ID, _ reader: Reader) throws -> [UInt8]? {
        try reader.one(
            """
            SELECT sealed_secret
            FROM second_factor
            WHERE account_id = \(account)
                AND confirmed_at IS NOT NULL
            """
        ) { try $0.bytes(0) }
    }

    /// The sealed secret that was shown and waits for its first code.
    static func pending(_ account: Account.ID, at now: Instant, _ reader: Reader) throws -> [UInt8]? {
        try reader.one(
            """
            SELECT pending_secret
            FROM second_factor
            WHERE account_id = \(account)
                AND pending_secret IS NOT NULL
                AND pending_at > \(now - SecondFactor.pendingLife)
            """
        ) { try $0.bytes(0) }
    }

    /// Puts a secret to be confirmed beside the one in use, if any.
    static func begin(_ account: Account.ID, sealed: [UInt8], at now: Instant, _ writer: Writer) throws {
        try writer.run(
            """
            INSERT INTO second_factor (account_id, last_step, pending_secret, pending_at)
            VALUES (\(account), 0, \(sealed), \(now))
            ON CONFLICT (account_id) DO UPDATE SET pending_secret = excluded.pending_secret,
                pending_at = excluded.pending_at
            """)
    }

    /// The secret that waited is the one in use; the code that confirmed it is spent.
    static func confirm(_ account: Account.ID, step: Int64, at now: Instant, _ writer: Writer) throws {
        try writer.run(
            """
            UPDATE second_factor
            SET sealed_secret = pending_secret,
                confirmed_at = \(now),
                last_step = \(step),
                pending_secret = NULL,
                pending_at = NULL
            WHERE account_id = \(account)
                AND pending_secret IS NOT NULL
            """)
    }

    /// Spends the code of a step, with all those before it. Answers false when it was spent already.
    static func spend(step: Int64, of account: Account.ID, _ writer: Writer) throws -> Bool {
        try writer.run(
            """
            UPDATE second_factor
            SET last_step = \(step)
            WHERE account_id = \(account)
                AND confirmed_at IS NOT NULL
                AND last_step < \(step)
            """) == 1
    }

    /// Gives the account ten recovery codes in the place of those it had. They are known now, and never again.
    static func freshCodes(of account: Account.ID, _ proceeding: Proceeding) throws -> [RecoveryCode] {
        let (codes, writer) = (
            (0..<RecoveryCode.count).map { _ in RecoveryCode(proceeding.surroundings) }, proceeding.writer
        )
        try writer.run("DELETE FROM recovery_code WHERE account_id = \(account)")
        for code in codes {
            try writer.run(
                """
                INSERT INTO recovery_code (account_id, code_hash, created_at)
                VALUES (\(account), \(code.hash(for: account)), \(proceeding.now))
                """)
        }
        return codes
    }

    /// Spends a recovery code. Answers false when there is no such code, or when it served.
    static func spend(_ code: RecoveryCode, of account: Account.ID, at now: Instant, _ writer: Writer) throws -> Bool {
        try writer.run(
            """
            UPDATE recovery_code
            SET used_at = \(now)
            WHERE account_id = \(account)
                AND code_hash = \(code.hash(for: account))
                AND used_at IS NULL
            """) == 1
    }

    static func remove(_ account: Account.ID, _ writer: Writer) throws {
        try writer.run("DELETE FROM recovery_code WHERE account_id = \(account)")
        try writer.run("DELETE FROM second_factor WHERE account_id = \(account)")
    }

    /// A secret that was shown and never confirmed serves nothing.
    static func sweep(at now: Instant, _ writer: Writer) throws {
        try writer.run(
            """
            DELETE FROM second_factor
            WHERE confirmed_at IS NULL
                AND pending_at <= \(now - SecondFactor.pendingLife)
            """)
    }
}
