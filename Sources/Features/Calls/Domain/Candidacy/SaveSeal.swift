import Forms
import Storage

/// The seal of a save: the SHA-256 of the one before it and of all that the save says. A line of the journal that names a seal
/// proves every save up to it, those included for which the journal has no line of their own (JRN-2).
enum SaveSeal {
    /// A page that saves by itself leaves one line for a person, a section and such a time of the clock.
    static let quarter: Int64 = 15 * 60 * 1_000_000

    /// When the quarter of an hour of an instant began.
    static func quarter(of now: Instant) -> Instant {
        Instant(microseconds: now.microseconds - ((now.microseconds % quarter) + quarter) % quarter)
    }

    static func next(
        after previous: String, version: Int, section: String, at: Instant, account: Account.ID?, keys: [String],
        former: String
    ) -> String {
        let fields = [
            previous, String(version), section, String(at.microseconds), account?.text ?? "",
            keys.joined(separator: " "), former,
        ]
        return RulesText.fingerprint(fields.map { "\($0.utf8.count):\($0)" }.joined())
    }

    /// The seals of a candidacy's last save and of its parts', for the line of a deposit.
    static func standing(of candidacy: Candidacy.ID, _ reader: Reader) throws -> [String] {
        try reader.all(
            """
            SELECT seal
            FROM candidacy_save
            WHERE candidacy_id = \(candidacy)
            ORDER BY version DESC
            LIMIT 1
            """
        ) { try $0.text(0) }
            + reader.all(
                """
                SELECT save.seal
                FROM candidacy_part_save AS save
                JOIN candidacy_partner ON candidacy_partner.id = save.partner_id
                WHERE candidacy_partner.candidacy_id = \(candidacy)
                    AND save.version = (
                        SELECT MAX(version)
                        FROM candidacy_part_save
                        WHERE partner_id = save.partner_id)
                ORDER BY save.partner_id
                LIMIT 1000
                """
            ) { try $0.text(0) }
    }

    /// Reads every chain again: answers how many saves there are, and throws `Broken` at the first that does not hold.
    static func verify(_ reader: Reader) throws -> Int {
        try verify("candidacy_save", "candidacy_id", reader) + verify("candidacy_part_save", "partner_id", reader)
    }

    /// A save does not follow from the one before it: it was altered, or one was taken out.
    struct Broken: Error, Equatable {
        /// The identifier of the candidacy or of the partner.
        let of: Int64
        let version: Int
    }

    private static func verify(_ table: SQL, _ owner: SQL, _ reader: Reader) throws -> Int {
        var (count, current, version, previous) = (0, Int64.min, 0, "")
        // Some at a time: PostgreSQL hands over an answer whole.
        while true {
            let before = count
            try reader.each(
                """
                SELECT \(owner), version, section, at, account_id, question_keys, former, seal
                FROM \(table)
                WHERE (\(owner), version) > (\(current), \(version))
                ORDER BY \(owner), version
                LIMIT 1000
                """
            ) { row in
                let subject = try row.int(0)
                if subject != current { (current, previous) = (subject, "") }
                version = Int(try row.int(1))
                let seal = next(
                    after: previous, version: version, section: try row.text(2),
                    at: Instant(microseconds: try row.int(3)), account: try row.optionalInt(4).map { Account.ID($0) },
                    keys: try row.text(5).split(separator: " ").map(String.init), former: try row.text(6))
                guard try row.text(7) == seal else { throw Broken(of: subject, version: version) }
                (previous, count) = (seal, count + 1)
                return true
            }
            if count - before < 1_000 { return count }
        }
    }
}

/// For `maillage check`.
public enum SaveSeals {
    /// Reads the saves of all candidacies again: how many there are, or the first fault in words.
    public static func check(_ reader: Reader) throws -> (count: Int, fault: String?) {
        do {
            return (try SaveSeal.verify(reader), nil)
        } catch let broken as SaveSeal.Broken {
            let name = Identifier<Candidacy>(broken.of).text
            return (0, "the saves of \(name) do not hold from version \(broken.version) on")
        }
    }
}
