import Storage

/// Shares the dossiers of a call that nobody has among the members of its team, evenly (INST-9).
public struct BalanceDossiers: Act {
    public static let right = AssignDossier.right

    public let call: Call.ID
    /// Those who take part; everybody of the team when it is empty.
    public let people: [Account.ID]
    /// Keeps dossiers of the same territory together.
    public let byTerritory: Bool

    public init(call: Call.ID, people: [Account.ID] = [], byTerritory: Bool = false) {
        self.call = call
        self.people = people
        self.byTerritory = byTerritory
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try InstructionEditing(proceeding: proceeding).kept(call)
    }

    /// Answers how many dossiers each person got.
    public func perform(_ proceeding: Proceeding) throws -> [Account.ID: Int] {
        let writer = proceeding.writer
        let team = try CallTeamStore.members(of: call, writer)
        let chosen = people.isEmpty ? team : team.filter(people.contains)
        guard !chosen.isEmpty, people.allSatisfy(team.contains) else {
            throw Problems(
                "instructeur",
                "Les dossiers se répartissent entre les personnes de l’équipe de l’appel\u{202F}: complétez-la.")
        }
        let waiting = try InstructionStore.unassigned(of: call, writer)
        guard !waiting.isEmpty else { throw Problems("", "Tous les dossiers de cet appel ont déjà quelqu’un.") }
        let plan = BalancedAssignment.plan(
            waiting, among: chosen, loads: try InstructionStore.loads(of: call, writer), byTerritory: byTerritory)
        let former = Dictionary(waiting.map { ($0.candidacy, $0) }) { first, _ in first }
        var shares: [Account.ID: Int] = [:]
        for (candidacy, instructor) in plan {
            guard let dossier = former[candidacy] else { continue }
            var given = dossier
            given.instructor = instructor
            given.assignedAt = proceeding.now
            given.toldAt = instructor == proceeding.principal.account ? proceeding.now : nil
            given.updatedAt = proceeding.now
            try InstructionStore.update(given, at: dossier.version, writer)
            try InstructionEventStore.add(.assigned, to: candidacy, account: instructor, proceeding)
            shares[instructor, default: 0] += 1
        }
        proceeding.concerns(call)
        proceeding.note("dossiers", String(plan.count))
        return shares
    }
}
