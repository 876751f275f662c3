import Storage

/// Who counts for the quorum on one dossier: present, and kept from it by nothing (JURY-18).
public struct JuryQuorum: Sendable, Equatable {
    public let wanted: Int
    /// Those who are present and may speak of the dossier.
    public let present: [JuryMember.ID]
    /// Those who sit and are kept from it, present or not.
    public let recused: [JuryMember.ID]

    public var isReached: Bool { present.count >= wanted }

    var refusal: String {
        "Le quorum n’est pas atteint pour ce dossier\u{202F}: \(present.count) présents sans conflit, \(wanted) demandés."
    }

    static func of(_ jury: Jury, on candidacy: Candidacy.ID, _ reader: Reader) throws -> JuryQuorum {
        of(
            jury, on: candidacy, try JuryMemberStore.members(of: jury.id, reader),
            try JuryConflictStore.conflicts(of: jury.id, reader))
    }

    /// The same from what was read once for every dossier of a page.
    public static func of(
        _ jury: Jury, on candidacy: Candidacy.ID, _ members: [JuryMember], _ conflicts: [JuryConflict]
    ) -> JuryQuorum {
        let kept = Set(
            conflicts.filter { $0.keepsAway && ($0.candidacy == candidacy || $0.nature == .team) }.map(\.member))
        let sitting = members.filter(\.sits)
        return JuryQuorum(
            wanted: jury.settings.quorum,
            present: sitting.filter { $0.presence == .present && !kept.contains($0.id) }.map(\.id),
            recused: sitting.filter { kept.contains($0.id) }.map(\.id))
    }
}
