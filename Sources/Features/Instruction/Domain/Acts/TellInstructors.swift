import Storage

/// Tells each person once, in one letter, of the dossiers they were given since the last (INST-10).
public struct TellInstructors: Act {
    public static let right = "Le programme lui-même, toutes les heures."

    public let head: LetterHead

    public init(head: LetterHead) {
        self.head = head
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard proceeding.principal.isHouse else { throw Missing() }
    }

    /// Whether somebody was given a dossier and not told, so that a quiet hour writes nothing.
    public static func isDue(_ reader: Reader) throws -> Bool {
        try !InstructionStore.untold(limit: 1, reader).isEmpty
    }

    /// Answers how many letters were put in the outbox.
    public func perform(_ proceeding: Proceeding) throws -> Int {
        let news = try InstructionStore.untold(limit: 25_000, proceeding.writer)
        var count = 0
        let byPerson = [Account.ID: [Instruction]](grouping: news) { $0.instructor ?? Account.ID(0) }
        for (person, dossiers) in byPerson.sorted(by: { $0.key < $1.key }) {
            try InstructionStore.markTold(person, at: proceeding.now, proceeding.writer)
            guard let address = try AccountStore.account(person, proceeding.writer)?.email?.text else { continue }
            proceeding.send(head.dossiersGiven(address, dossiers))
            count += 1
        }
        proceeding.note("letters", String(count))
        return count
    }
}
