/// Says who reads a dossier, by hand. Nobody is put on a dossier that a tie keeps them from, and a finished sheet keeps its reader.
public struct AssignByHand: Act {
    public static let right = "L’équipe de l’appel et la coordination, sauf qui candidate à cet appel."

    public let call: Call.ID
    /// The wave that its jury judges; nil for the last jury of the call.
    public let wave: CallWave.ID?
    public let candidacy: Candidacy.ID
    public let members: Set<JuryMember.ID>

    public init(call: Call.ID, wave: CallWave.ID? = nil, candidacy: Candidacy.ID, members: Set<JuryMember.ID>) {
        self.call = call
        self.wave = wave
        self.candidacy = candidacy
        self.members = members
    }

    public func authorize(_ proceeding: Proceeding) throws {
        try JuryEditing(proceeding: proceeding).kept(call, wave)
    }

    public func perform(_ proceeding: Proceeding) throws {
        let (editing, writer) = (JuryEditing(proceeding: proceeding), proceeding.writer)
        let access = try editing.kept(call, wave)
        _ = try editing.jury(access, in: [.reading])
        let dossier = try editing.dossier(candidacy, of: access)
        let sitting = try JuryMemberStore.members(of: access.id, writer).filter(\.sits)
        guard members.isSubset(of: Set(sitting.map(\.id))) else { throw Missing() }
        _ = try editing.search(sitting.filter { members.contains($0.id) }, of: access)
        let names = try AccountStore.names(sitting.compactMap(\.account), writer)
        let standing = try JuryAssignmentStore.readings(of: access.id, writer).filter { $0.candidacy == candidacy }
        let progress = try JurySheetStore.progress(of: access.id, writer).filter { $0.candidacy == candidacy }
        var problems = Problems()
        for member in sitting.sorted(by: { $0.id < $1.id }) {
            let name = member.account.flatMap { names[$0] } ?? "Cette personne"
            let has = standing.contains { $0.member == member.id }
            if members.contains(member.id), !has {
                guard
                    try JuryAssignmentStore.readable(by: member, isRevealed: true, among: [dossier.id], writer)
                        .contains(dossier.id)
                else {
                    problems.add("membres", "\(name) a un conflit sur ce dossier, ou un lien qui attend une décision.")
                    continue
                }
                try JuryAssignmentStore.put(
                    JuryReading(member: member.id, candidacy: candidacy, isByHand: true), in: access.id,
                    at: proceeding.now, writer)
            } else if !members.contains(member.id), has {
                if progress.contains(where: { $0.member == member.id && $0.state == .locked }) {
                    problems.add("membres", "\(name) a déjà rendu sa fiche\u{202F}: sa lecture reste.")
                    continue
                }
                try JuryAssignmentStore.end(member.id, candidacy, at: proceeding.now, writer)
            }
        }
        try problems.throwIfAny()
        editing.note(access)
        proceeding.note("candidacy", candidacy.text)
        proceeding.note("readers", String(members.count))
    }
}
