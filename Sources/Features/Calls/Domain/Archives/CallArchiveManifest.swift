import Exchange

/// `call.json`, what a program reads of the archive of a call: every file of it with its digest, every dossier, and what is not there
/// with the reason. The format is `docs/CALL-ARCHIVE.md`.
public struct CallArchiveManifest: Sendable, Equatable {
    public static let name = "call.json"
    public static let format = "maillage-call-archive"
    /// What this program writes, and the newest it reads.
    public static let version = 1

    /// A file of the archive.
    public struct File: Sendable, Equatable {
        /// The raw value is written in the manifest and stored.
        public enum Kind: String, Sendable, CaseIterable {
            /// Made for people: it says nothing that the others do not.
            case page
            /// Of the call: its règlement, its forms, its tables, the keys of its receipts.
            case text = "call"
            /// What was deposited, as canonical JSON.
            case deposit
            case receipt
            /// Attached to a dossier.
            case document
        }

        public var kind: Kind
        /// From the top of the archive, with `/`.
        public var path: String
        /// In bytes.
        public var size: Int
        public var digest: FileDigest
        /// As its owner named it, and the question it answers; of documents only.
        public var name = ""
        public var question = ""
        /// It came after the deposit, in answer to a request.
        public var isAddition = false

        public init(
            _ kind: Kind, _ path: String, size: Int, digest: FileDigest, name: String = "", question: String = "",
            isAddition: Bool = false
        ) {
            self.kind = kind
            self.path = path
            self.size = size
            self.digest = digest
            self.name = name
            self.question = question
            self.isAddition = isAddition
        }

        public init(_ kind: Kind, _ path: String, _ bytes: [UInt8]) {
            self.init(kind, path, size: bytes.count, digest: FileDigest(of: bytes))
        }
    }

    /// A document that is not in the archive, and why, in French.
    public struct Absent: Sendable, Equatable {
        public var name: String
        public var question: String
        public var size: Int
        public var digest: FileDigest
        public var isAddition: Bool
        public var reason: String

        public init(
            name: String, question: String, size: Int, digest: FileDigest, isAddition: Bool, reason: String
        ) {
            self.name = name
            self.question = question
            self.size = size
            self.digest = digest
            self.isAddition = isAddition
            self.reason = reason
        }
    }

    public struct Dossier: Sendable, Equatable {
        public var number: Int
        public var folder: String
        /// The identifier of the candidacy where it was deposited, in its written form.
        public var candidacy: String
        public var name: String
        public var structure: String
        public var depositor: String
        public var channel: Receipt.Channel
        public var arrival: Instant
        public var closesAt: Instant
        /// The state's name in files, and as people read it.
        public var state: String
        public var stateLabel: String
        /// False for one that nobody could read yet when the archive was made: nothing of it is there but its page.
        public var isOpen: Bool
        public var files: [File]
        public var absent: [Absent]

        public init(
            number: Int, folder: String, candidacy: String, name: String, structure: String, depositor: String,
            channel: Receipt.Channel, arrival: Instant, closesAt: Instant, state: String, stateLabel: String,
            isOpen: Bool, files: [File] = [], absent: [Absent] = []
        ) {
            self.number = number
            self.folder = folder
            self.candidacy = candidacy
            self.name = name
            self.structure = structure
            self.depositor = depositor
            self.channel = channel
            self.arrival = arrival
            self.closesAt = closesAt
            self.state = state
            self.stateLabel = stateLabel
            self.isOpen = isOpen
            self.files = files
            self.absent = absent
        }
    }

    /// Name and address of the network that made it.
    public var network: String
    public var address: String
    public var madeAt: Instant
    /// The identifier of the call there, in its written form.
    public var call: String
    public var slug: String
    public var title: String
    public var organiser: String
    /// The files that belong to no dossier.
    public var files: [File]
    public var dossiers: [Dossier]

    public init(
        network: String, address: String, madeAt: Instant, call: String, slug: String, title: String,
        organiser: String, files: [File] = [], dossiers: [Dossier] = []
    ) {
        self.network = network
        self.address = address
        self.madeAt = madeAt
        self.call = call
        self.slug = slug
        self.title = title
        self.organiser = organiser
        self.files = files
        self.dossiers = dossiers
    }
}
