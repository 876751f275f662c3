import Maillage
import Markup

/// Those who write a candidacy together, and who wrote each question last.
struct CandidacyCompany: Sendable {
    var edits: [String: CandidacyLastEdit] = [:]
    var names: [Account.ID: String] = [:]
    /// The reader.
    var own: Account.ID?
    /// Whether somebody else takes part.
    var isShared = false
    var writers = CandidacyWriters()
    var assignments: [CandidacyAssignment] = []
    /// Whether what is said beside the questions is the reader's to read and to answer.
    var mayRemark = false
    var remarks: [CandidacyRemark] = []
    /// What later features say of it, by question; of the whole dossier under the empty key.
    var echoes: [String: [CandidacyEcho]] = [:]

    static func read(_ visit: Visit, _ reading: CandidacyReading) async throws -> CandidacyCompany {
        try await read(visit, reading.side)
    }

    /// Those of one side: what is said beside the questions of a partner's part stays there, as what is said beside the lead's does.
    static func read(_ visit: Visit, _ side: DossierSide) async throws -> CandidacyCompany {
        let (id, principal, candidacy) = (side.id, visit.principal, side.whole.candidacy)
        let partner = side.part?.partner
        let mayRemark = CandidacyRights.mayRemark(
            principal, candidacy, member: side.whole.dossier.member, in: partner)
        let echoes = partner == nil ? try await visit.reception.echoes.of(visit, candidacy) : [:]
        return try await visit.read { reader in
            let edits =
                try partner.map { try PartSaveStore.lastEdits(of: $0.id, reader) }
                ?? CandidacySaveStore.lastEdits(of: id, reader)
            let members = try CandidacyMemberStore.members(of: id, reader)
            let writers = try CandidacyWriters.of(candidacy, part: partner, reader)
            let remarks = try CandidacyRemarkStore.own(principal, candidacy, part: partner, reader)
            let people = Set(
                edits.values.compactMap(\.account) + members.compactMap(\.account) + remarks.map(\.author)
                    + [candidacy.holder].compactMap(\.self))
            let others = partner == nil ? members : writers.members.filter { $0.account != principal.account }
            return CandidacyCompany(
                edits: edits, names: try AccountStore.names(Array(people), reader), own: principal.account,
                isShared: others.contains(where: \.isPresent), writers: writers,
                assignments: try CandidacyAssignmentStore.assignments(of: id, among: writers, reader),
                mayRemark: mayRemark, remarks: remarks, echoes: echoes)
        }
    }

    /// The name of somebody, as the reader calls them.
    func name(of account: Account.ID?) -> String {
        guard let account else { return "le programme" }
        return account == own ? "vous" : names[account] ?? "une personne partie"
    }

    /// « Modifié par Claire à 14 h 32 ».
    func words(of edit: CandidacyLastEdit, _ now: Instant) -> String {
        let isToday = Format.day(edit.at) == Format.day(now)
        let when = isToday ? "à \(Format.clock(edit.at))" : "le \(Format.moment(edit.at))"
        return "Modifié par \(name(of: edit.account)) \(when)"
    }
}
