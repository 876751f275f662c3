import Crypto
import Storage

/// Who did what, when, to which thing: append-only, each line sealed by the hash of the one before.
///
/// A line stands for one act, but for those that come many an hour (JRN-1): see `Proceeding.folds`.
///
/// It holds identifiers and codes, never a personal value, so that it can be kept for ever and erasure stays possible.
public enum Journal {
    public struct Line: Sendable, Equatable {
        public let sequence: Int64
        public let at: Instant
        public let actor: Principal.ID?
        public let verb: String
        public let subjectKind: String?
        public let subject: Int64?
        /// `name=text` pairs, one a line.
        public let details: String
        public let hash: [UInt8]

        public init(
            sequence: Int64, at: Instant, actor: Principal.ID?, verb: String, subjectKind: String?, subject: Int64?,
            details: String, hash: [UInt8]
        ) {
            self.sequence = sequence
            self.at = at
            self.actor = actor
            self.verb = verb
            self.subjectKind = subjectKind
            self.subject = subject
            self.details = details
            self.hash = hash
        }
    }

    /// Whether a line that stands says what this act would: see `Proceeding.folds`.
    private static func stands(_ verb: String, for proceeding: Proceeding) throws -> Bool {
        guard let fold = proceeding.fold, let subject = proceeding.subject, let actor = proceeding.principal.account
        else { return false }
        let same = proceeding.details.filter { fold.names.contains($0.name) }.map { "\($0.name)=\(oneLine($0.text))" }
        return try proceeding.writer.all(
            """
            SELECT details
            FROM journal
            WHERE subject_kind = \(subject.kind)
                AND subject = \(subject.number)
                AND verb = \(verb)
                AND actor = \(actor)
                AND at >= \(fold.since)
            ORDER BY sequence
            """
        ) { Set(try $0.text(0).split(separator: "\n").map(String.init)) }.contains { $0.isSuperset(of: same) }
    }

    static func append(_ verb: String, of proceeding: Proceeding) throws {
        if try stands(verb, for: proceeding) { return }
        let last = try proceeding.writer.one(
            """
            SELECT sequence, hash
            FROM journal
            ORDER BY sequence DESC
            LIMIT 1
            """
        ) { (sequence: try $0.int(0), hash: try $0.bytes(1)) }
        let line = Line(
            sequence: (last?.sequence ?? 0) + 1,
            at: proceeding.now,
            actor: proceeding.principal.account,
            verb: verb,
            subjectKind: proceeding.subject?.kind,
            subject: proceeding.subject?.number,
            details: proceeding.details.map { "\($0.name)=\(oneLine($0.text))" }.joined(separator: "\n"),
            hash: [])
        let hash = seal(line, after: last?.hash ?? [])
        try proceeding.writer.run(
            """
            INSERT INTO journal (sequence, at, actor, verb, subject_kind, subject, details, hash)
            VALUES (\(line.sequence), \(line.at), \(line.actor), \(line.verb), \(line.subjectKind), \(line.subject),
                \(line.details), \(hash))
            """)
    }

    /// Reads the whole chain again. Answers the number of lines, or throws `Broken` at the first that does not hold.
    public static func verify(_ reader: Reader) throws -> Int {
        var previous: [UInt8] = []
        var count: Int64 = 0
        // Some at a time: PostgreSQL hands over an answer whole.
        while true {
            let before = count
            try reader.each(
                """
                SELECT sequence, at, actor, verb, subject_kind, subject, details, hash
                FROM journal
                WHERE sequence > \(before)
                ORDER BY sequence
                LIMIT 5000
                """
            ) { row in
                let line = try read(row)
                count += 1
                guard line.sequence == count, seal(line, after: previous) == line.hash else {
                    throw Broken(sequence: line.sequence)
                }
                previous = line.hash
                return true
            }
            if count - before < 5_000 { break }
        }
        return Int(count)
    }

    /// A line does not follow from the one before it: the journal was altered.
    public struct Broken: Error, Equatable {
        public let sequence: Int64
    }

    /// The latest lines, newest first.
    public static func latest(_ count: Int, _ reader: Reader) throws -> [Line] {
        try reader.all(
            """
            SELECT sequence, at, actor, verb, subject_kind, subject, details, hash
            FROM journal
            ORDER BY sequence DESC
            LIMIT \(count)
            """, read)
    }

    /// What an act was about, each time it was done to a thing of one kind since an instant, oldest first.
    public static func subjects<Kind>(
        of verb: String, since instant: Instant, _ reader: Reader
    ) throws -> [(id: Identifier<Kind>, at: Instant)] {
        try reader.all(
            """
            SELECT subject, at
            FROM journal
            WHERE subject_kind = \(Proceeding.Subject(Identifier<Kind>(0)).kind)
                AND verb = \(verb)
                AND at >= \(instant)
            ORDER BY sequence
            """
        ) { (Identifier<Kind>(try $0.int(0)), Instant(microseconds: try $0.int(1))) }
    }

    /// Whether an act about this thing, with a detail, is known of the second that begins at an instant.
    public static func knows<Kind>(
        of subject: Identifier<Kind>, noting detail: (name: String, text: String), in second: Instant, _ reader: Reader
    ) throws -> Bool {
        let second = Instant(seconds: second.seconds)
        return try reader.all(
            """
            SELECT details
            FROM journal
            WHERE subject_kind = \(Proceeding.Subject(subject).kind)
                AND subject = \(subject.number)
                AND at >= \(second)
                AND at < \(second + .seconds(1))
            ORDER BY sequence
            """
        ) { try $0.text(0) }.contains { details in
            details.split(separator: "\n").contains { $0 == "\(detail.name)=\(detail.text)" }
        }
    }

    static func read(_ row: Row) throws -> Line {
        Line(
            sequence: try row.int(0),
            at: Instant(microseconds: try row.int(1)),
            actor: try row.optionalInt(2).map { Principal.ID($0) },
            verb: try row.text(3),
            subjectKind: try row.optionalText(4),
            subject: try row.optionalInt(5),
            details: try row.text(6),
            hash: try row.bytes(7))
    }

    /// SHA-256 of the previous hash and the line's fields, each preceded by its length so that no two lines read alike.
    private static func seal(_ line: Line, after previous: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        func add(_ text: String) {
            bytes += Array(String(text.utf8.count).utf8) + [58] + Array(text.utf8)
        }
        bytes += previous
        add(String(line.sequence))
        add(String(line.at.microseconds))
        add(line.actor.map { String($0.number) } ?? "")
        add(line.verb)
        add(line.subjectKind ?? "")
        add(line.subject.map { String($0) } ?? "")
        add(line.details)
        return Array(SHA256.hash(data: bytes))
    }

    private static func oneLine(_ text: String) -> String {
        String(text.map { $0.isNewline ? " " : $0 })
    }
}
