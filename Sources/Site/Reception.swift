import Logging
import Maillage
import Storage

/// What every page may need, on one screen: given to each visit, never global.
///
/// A feature that keeps something for its pages (an index, a client of another service) adds a line here.
public struct Reception: Sendable {
    public let desk: Desk
    public let settings: Settings
    public let assets: Assets
    public let keys: Keys
    public let cache: PageCache
    public let tally: Tally
    /// What the service last knew of its own health.
    public let health: HealthBoard
    public let log: Logger
    public let limits: Limits
    /// The register in memory. Loaded before the site opens; the desk tells it of changes (`Premises`). Empty when none is given.
    public let directory: Directory
    /// The territorial register in memory, kept the same way. Empty when none is given.
    public let gazetteer: LiveGazetteer
    /// The outlines maps are drawn from.
    public let atlas: Atlas
    /// What maps keep between two visits.
    public let maps = MapRoom()
    /// The tiles under the points, when the network has a tile server.
    public let ground: GroundTiles
    /// Where addresses are, when the network has a geocoder.
    public let geocoder: Geocoder
    /// The identity service people may sign in by, when the network has one.
    let identities: IdentityService?
    /// How near each commune is to a place.
    public let coverage = LiveCoverage()
    /// What the house does by itself, on one node at a time.
    public let jobs: HouseJobs
    /// Which jobs this process has, among the nodes.
    public let leases: JobLeases
    /// Whether this node was told to stop, and asks a balancer to send nobody more.
    public let leaving = Leaving()
    /// What signs receipts, and the public keys that verify them; nil where none are loaded.
    public var receiptKeys: ReceiptKeys?
    /// The second copy of deposits; nil when the setting `DEPOSIT_JOURNAL` names none.
    public var depositJournal: DepositJournal?
    /// Deposits of the journal that could not be given back to the database at start.
    public var depositsAside: [DepositAside] = []
    /// Makes PDF files; nil where no program can.
    public var printer: (any PagePrinter)?
    /// Takes photos in, where a program can prepare them; their files are in its vault.
    public var photos: PhotoWorkshop
    /// Checksums of the files of the vault, for archives that hold them.
    public let checksums: FileChecksums
    /// The forms of calls, made ready to be answered.
    public let forms = CandidacyFormShelf()
    /// What makes the first account of a network that nobody administers, when the program started on one.
    public var firstAccountCode: FirstAccountCode?
    /// A demonstration says so on every page.
    public var isDemonstration = false
    /// The sign-ins that the home page of a demonstration shows.
    public var demonstration: [DemoSignInLine] = []
    /// What the home page of a demonstration proposes to follow.
    public var demonstrationStories: [DemoStoryLine] = []
    /// Computes on passwords, a few at once (Accounts).
    public let passwords: Passwords
    /// What places and circles are called, for the pages of Accounts.
    let scopes = ScopeBook.network
    /// The paths of public things that have a page each, for `/sitemap.xml`.
    public var siteMapEntries: @Sendable (Visit) async throws -> [String] = { try await SiteMapEntries.network($0) }
    /// What somebody keeps or chairs in the features that Accounts does not know.
    let duties = StaffDuties.network
    /// What « Mon compte » shows of the features that Accounts does not know.
    let affairs = OwnAffairs.network
    /// What the pages of Calls show of the rooms it does not know.
    let rooms = LaterRooms.network
    /// What the page of a place shows of the features that Places does not know.
    let placeAffairs = PlaceAffairs.network
    /// What the pages of a candidacy show of the features that Calls does not know.
    let echoes = CandidacyEchoes.network

    public init(
        desk: Desk, settings: Settings, assets: Assets, keys: Keys, cache: PageCache, log: Logger,
        directory: Directory? = nil, gazetteer: LiveGazetteer? = nil, limits: Limits = Limits()
    ) {
        self.desk = desk
        self.directory = directory ?? .empty(database: desk.database, surroundings: desk.surroundings)
        self.settings = settings
        self.assets = assets
        self.keys = keys
        self.cache = cache
        self.log = log
        self.limits = limits
        let gazetteer = gazetteer ?? LiveGazetteer(database: desk.database)
        self.gazetteer = gazetteer
        ground = GroundTiles(settings: settings)
        identities = settings.identity.map { IdentityService($0, now: desk.surroundings.now) }
        geocoder = Geocoder(settings: settings, now: desk.surroundings.now)
        let vault = FileVault(directory: settings.dataDirectory + "/vault")
        photos = PhotoWorkshop(vault: vault)
        checksums = FileChecksums(vault: vault)
        atlas = Atlas(database: desk.database, gazetteer: gazetteer)
        passwords = Passwords(desk: desk, hasher: PasswordHasher(), networkName: settings.networkName)
        tally = Tally()
        health = HealthBoard(startedAt: desk.surroundings.now())
        leases = JobLeases(database: desk.database, node: settings.node)
        jobs = HouseJobs(leases: leases) { job, error in
            log.error("a job of the house failed", metadata: ["job": "\(job)", "error": "\(error)"])
        }
    }

    public var database: Database { desk.database }
    public var surroundings: Surroundings { desk.surroundings }

    /// Whether the public address is https: cookies are then `__Host-` and secure, and browsers are told to stay so.
    public var isSecure: Bool { settings.baseURL.hasPrefix("https://") }

    var sessionCookie: String { isSecure ? "__Host-session" : "session" }
    var flashCookie: String { isSecure ? "__Host-message" : "message" }
}

/// How much and how long the site lets itself be used by one connection or one request.
public struct Limits: Sendable {
    /// Bytes of a form.
    public var form = 1_048_576
    /// Bytes of a URL.
    public var target = 8_192
    /// Connections held at once; the others wait in the system's queue.
    public var connections = 4_096
    /// Seconds for the whole head of a request to arrive, from the moment it may.
    public var head = 12.0
    /// Bytes a second below which a body is too slow, and over how many seconds it is measured. Answers are taken no more slowly.
    public var bodyRate = 500
    public var bodyWindow = 26.0
    /// Seconds for a whole body, whatever its size.
    public var body = 900.0
    /// Seconds over which the pace of a visitor who takes an answer is measured.
    public var answer = 60.0
    /// Seconds between two looks at a connection.
    public var tick = 2.0

    public init() {}
}
