import Storage

/// Those who write one side of a candidacy: its lead and the writers, or the people of a partner.
public struct CandidacyWriters: Sendable, Equatable {
    /// The lead; nil for a partner's part, which the lead does not write.
    public let holder: Account.ID?
    /// Those present, with the sections they were given.
    public let members: [CandidacyMember]
    /// The partner whose part they write; nil for the lead's side.
    public let partner: CandidacyPartner?

    public init(holder: Account.ID? = nil, members: [CandidacyMember] = [], partner: CandidacyPartner? = nil) {
        self.holder = holder
        self.members = members
        self.partner = partner
    }

    /// - Parameter partner: whose part; nil for what the lead answers.
    public static func of(
        _ candidacy: Candidacy, part partner: CandidacyPartner? = nil, _ reader: Reader
    ) throws -> CandidacyWriters {
        of(candidacy, part: partner, among: try CandidacyMemberStore.members(of: candidacy.id, reader))
    }

    static func of(
        _ candidacy: Candidacy, part partner: CandidacyPartner?, among members: [CandidacyMember]
    ) -> CandidacyWriters {
        guard let partner else {
            return CandidacyWriters(
                holder: candidacy.holder, members: members.filter { $0.role == .writer && $0.isPresent })
        }
        return CandidacyWriters(members: members.filter { $0.mayWrite(partOf: partner) }, partner: partner)
    }

    /// Everybody, the lead first.
    public var all: [Account.ID] { [holder].compactMap(\.self) + members.compactMap(\.account) }

    /// Those who may write a section, the lead first.
    public func writers(of section: String) -> [Account.ID] {
        [holder].compactMap(\.self)
            + members.filter { partner != nil || $0.mayWrite(section: section) }.compactMap(\.account)
    }

    /// Whether what was said of who is to write something holds for this side: those who left are to write nothing.
    func holds(_ assignment: CandidacyAssignment) -> Bool {
        assignment.partner == partner?.id && writers(of: assignment.section).contains(assignment.account)
    }
}
