import Storage

/// Those who write a candidacy, its lead among them.
public struct CandidacyWriters: Sendable, Equatable {
    public let holder: Account.ID?
    /// Writers present, with the sections they were given.
    public let members: [CandidacyMember]

    public init(holder: Account.ID? = nil, members: [CandidacyMember] = []) {
        self.holder = holder
        self.members = members
    }

    public static func of(_ candidacy: Candidacy, _ reader: Reader) throws -> CandidacyWriters {
        CandidacyWriters(
            holder: candidacy.holder,
            members: try CandidacyMemberStore.members(of: candidacy.id, reader)
                .filter { $0.role == .writer && $0.isPresent })
    }

    /// Everybody, the lead first.
    public var all: [Account.ID] { [holder].compactMap(\.self) + members.compactMap(\.account) }

    /// Those who may write a section, the lead first.
    public func writers(of section: String) -> [Account.ID] {
        [holder].compactMap(\.self) + members.filter { $0.mayWrite(section: section) }.compactMap(\.account)
    }
}
