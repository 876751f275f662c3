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
    /// Whether the reader writes: what is said beside the questions is theirs to read.
    var mayRemark = false
    var remarks: [CandidacyRemark] = []
    /// What later features say of it, by question; of the whole dossier under the empty key.
    var echoes: [String: [CandidacyEcho]] = [:]

    static func read(_ visit: Visit, _ reading: CandidacyReading) async throws -> CandidacyCompany {
        let (id, principal, candidacy) = (reading.id, visit.principal, reading.candidacy)
        let mayRemark = CandidacyRights.mayRemark(principal, candidacy, member: reading.dossier.member)
        let echoes = try await visit.reception.echoes.of(visit, candidacy)
        return try await visit.read { reader in
            let edits = try CandidacySaveStore.lastEdits(of: id, reader)
            let members = try CandidacyMemberStore.members(of: id, reader)
            let writers = try CandidacyWriters.of(candidacy, reader)
            let remarks = try CandidacyRemarkStore.own(principal, candidacy, reader)
            let people = Set(
                edits.values.compactMap(\.account) + members.compactMap(\.account) + remarks.map(\.author)
                    + [candidacy.holder].compactMap(\.self))
            return CandidacyCompany(
                edits: edits, names: try AccountStore.names(Array(people), reader), own: principal.account,
                isShared: members.contains(where: \.isPresent), writers: writers,
                assignments: try CandidacyAssignmentStore.assignments(of: [id], [id: writers], reader),
                mayRemark: mayRemark, remarks: remarks, echoes: echoes)
        }
    }

    /// Those of one side: of a partner's part, who wrote each question of it; what is said beside the lead's questions stays there.
    static func read(_ visit: Visit, _ side: DossierSide) async throws -> CandidacyCompany {
        guard let partner = side.part?.partner.id else { return try await read(visit, side.whole) }
        let (id, own) = (side.id, visit.principal.account)
        return try await visit.read { reader in
            let edits = try PartSaveStore.lastEdits(of: partner, reader)
            let members = try CandidacyMemberStore.members(of: id, reader).filter { $0.partner == partner }
            let people = Set(edits.values.compactMap(\.account) + members.compactMap(\.account))
            return CandidacyCompany(
                edits: edits, names: try AccountStore.names(Array(people), reader), own: own,
                isShared: members.contains { $0.isPresent && $0.account != own })
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
