/// A call read back from its archive: read, never acted on. Its candidacies have no account here, and its receipts are those of the
/// network that gave them (CALL-17).
public struct ArchivedCall: Sendable, Equatable {
    public typealias ID = Identifier<ArchivedCall>

    public let id: ID
    /// Its identifier where it was opened.
    public let origin: Call.ID
    public let slug: String
    public let title: String
    public let organiser: String
    /// Who made the archive, and when.
    public let network: String
    public let address: String
    public let madeAt: Instant
    /// Of the archive's list.
    public let digest: FileDigest
    /// Its receipts were verified with the keys that came with them: that proves that the archive agrees with itself.
    public let hasOwnKeys: Bool
    /// Dossiers of the archive that were not taken.
    public let refused: Int
    public let importedAt: Instant

    /// One of its dossiers.
    public struct Dossier: Sendable, Equatable {
        public let call: ID
        public let number: Int
        public let candidacy: String
        public let name: String
        public let structure: String
        public let depositor: String
        public let channel: Receipt.Channel
        public let arrival: Instant
        public let closesAt: Instant
        public let state: String
        public let stateLabel: String

        public var verdict: CandidacyDeposit.Verdict { arrival < closesAt ? .onTime : .late }
    }

    /// One of its files, or a document that its archive lacked.
    public struct File: Sendable, Equatable {
        public let call: ID
        /// Names it within the call.
        public let place: Int
        /// Nil for a file of the call itself.
        public let dossier: Int?
        public let kind: CallArchiveManifest.File.Kind
        /// Where it was in the archive; empty for what it lacked.
        public let path: String
        public let name: String
        public let question: String
        /// In bytes.
        public let size: Int
        public let digest: FileDigest
        public let isAddition: Bool
        /// Why it is not there; empty when it is.
        public let absence: String

        public var isThere: Bool { absence.isEmpty }

        /// What people read: the name its owner gave, or its own.
        public var title: String {
            name.isEmpty ? path.split(separator: "/").last.map(String.init) ?? path : name
        }
    }
}

/// Who may read calls that came back from an archive: whoever keeps the network, for the people of those calls are not here to say
/// who may (CALL-17).
public enum ArchivedCallRights {
    public static func maySee(_ principal: Principal) -> Bool { principal.isHouse || principal.isCoordinator }
}
