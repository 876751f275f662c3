/// Shares out the readings that lack, evenly and never under a tie; the same facts give the same shares (JURY-13).
public struct AssignReadings: Act {
    public static let right = "L’équipe de l’appel et la coordination, sauf qui candidate à cet appel."

    public struct Outcome: Sendable, Equatable {
        public let added: Int
        /// The dossiers for which readers lack, and how many.
        public let lacking: [(dossier: JuryDossier, missing: Int)]

        public static func == (left: Outcome, right: Outcome) -> Bool {
            left.added == right.added && left.lacking.elementsEqual(right.lacking) { $0 == $1 }
        }
    }

    public let call: Call.ID
    /// The wave that its jury judges; nil for the last jury of the call.
    public let wave: CallWave.ID?
    public let head: LetterHead

    public init(call: Call.ID, wave: CallWave.ID? = nil, head: LetterHead) {
        self.call = call
        self.wave = wave
        self.head = head
    }

    public func authorize(_ proceeding: Proceeding) throws {
        try JuryEditing(proceeding: proceeding).kept(call, wave)
    }

    public func perform(_ proceeding: Proceeding) throws -> Outcome {
        let (editing, writer) = (JuryEditing(proceeding: proceeding), proceeding.writer)
        let access = try editing.kept(call, wave)
        let jury = try editing.jury(access, in: [.reading])
        let members = try JuryMemberStore.members(of: access.id, writer).filter(\.sits).sorted { $0.id < $1.id }
        _ = try editing.search(members, of: access)
        let dossiers = try access.dossiers(at: proceeding.now, writer)
        let standing = try JuryAssignmentStore.readings(of: access.id, writer)
        let ties = try JuryConflictStore.conflicts(of: access.id, writer).filter(\.keepsAway)
        let candidates = Set(ties.filter { $0.nature == .team }.map(\.member))
        let index = Dictionary(members.enumerated().map { ($1.id, $0) }) { first, _ in first }
        let given = dossiers.map { dossier in
            standing.filter { $0.candidacy == dossier.id }.compactMap { index[$0.member] }
        }
        let barred = dossiers.map { dossier in
            Set(
                (ties.filter { $0.candidacy == dossier.id }.map(\.member) + Array(candidates)).compactMap { index[$0] })
        }
        let balance = JuryBalance(
            jurors: members.count, readings: jury.settings.readings, given: given, barred: barred)
        var added: [JuryMember.ID: Int] = [:]
        for (place, dossier) in dossiers.enumerated() {
            for juror in balance.readers[place].dropFirst(given[place].count) {
                let member = members[juror].id
                try JuryAssignmentStore.put(
                    JuryReading(member: member, candidacy: dossier.id, isByHand: false), in: access.id,
                    at: proceeding.now,
                    writer)
                added[member, default: 0] += 1
            }
        }
        for member in members {
            guard let count = added[member.id], let address = try editing.address(of: member) else { continue }
            proceeding.send(head.juryReadings(address, access, count: count))
        }
        editing.note(access)
        let total = added.values.reduce(0, +)
        proceeding.note("readings", String(total))
        proceeding.note("lacking", String(balance.lacking.count))
        return Outcome(added: total, lacking: balance.lacking.map { (dossiers[$0.dossier], $0.missing) })
    }
}
