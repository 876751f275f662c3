import Foundation
import Logging
import Maillage
import MaillageWeb
import Storage

/// The data directory and its database, open and up to date, with all that the site and the commands work with.
struct Premises: Sendable {
    let settings: Settings
    let database: Database
    var reception: Reception
    let postOffice: PostOffice?
    /// What other nodes changed.
    let changes: ChangeFeed

    var desk: Desk { reception.desk }

    /// The database alone, up to date: for commands that answer nobody and need no view of it.
    /// - Parameters:
    ///   - writerCache: in kilobytes; more than a server's for work on whole tables.
    ///   - statementTimeout: in milliseconds; 0 for work that reads everything.
    static func openDatabase(
        _ settings: Settings, writerCache: Int = 4_096, statementTimeout: Int = 15_000
    ) async throws -> Database {
        try makeDirectory(settings.dataDirectory)
        return try await naming(settings) { try await enter(settings, writerCache, statementTimeout) }
    }

    /// Runs work on the database of these settings; when it cannot be reached or read, the reason says which it is.
    static func naming<T>(_ settings: Settings, _ work: () async throws -> T) async throws -> T {
        do {
            return try await work()
        } catch StorageError.unavailable(let reason) {
            let name = settings.databaseURL == nil ? settings.dataDirectory + "/maillage.sqlite" : "PostgreSQL"
            let isNamed = reason.contains(settings.databaseURL == nil ? "maillage.sqlite" : name)
            throw StorageError.unavailable(isNamed ? reason : "\(name): \(reason)")
        }
    }

    private static func enter(
        _ settings: Settings, _ writerCache: Int, _ statementTimeout: Int
    ) async throws -> Database {
        let database = try Database(
            settings.databaseURL.map { .postgres($0) } ?? .file(settings.dataDirectory + "/maillage.sqlite"),
            Database.Options(
                statementTimeout: statementTimeout, writerCache: writerCache,
                outcomeUnknown: { error in
                    // Fail-stop: what the disk holds is the truth, and only a new start reads it.
                    CommandFailure.say("maillage: a write could not be confirmed, stopping: \(error)")
                    exit(1)
                }))
        _ = try await database.migrate(Schema.migrations)
        return database
    }

    /// - Parameter readsRegister: false leaves the register to be read by `readRegister`, beside the first answers.
    static func open(
        _ settings: Settings, surroundings: Surroundings = .live(), readsRegister: Bool = true
    ) async throws -> Premises {
        let database = try await openDatabase(settings)
        let log = logger(settings)
        let cache = PageCache(capacity: settings.pageCache << 20)
        let postOffice = settings.mailCommand.map { command in
            PostOffice(
                database: database, surroundings: surroundings, settings: settings, courier: MailProgram(command),
                report: { log.warning("mail", metadata: ["reason": "\($0)"]) })
        }
        let directory = Directory(database: database, surroundings: surroundings)
        let gazetteer = LiveGazetteer(database: database)
        // Views first, then the pages made of them.
        var listeners: [@Sendable (Set<Proceeding.Subject>) async -> Void] = [
            { await gazetteer.refresh($0) }, { await directory.refresh($0) }, cache.listener,
        ]
        if let postOffice { listeners.append(postOffice.listener) }
        let desk = Desk(database: database, surroundings: surroundings, listeners: listeners)
        let changes = ChangeFeed(
            desk: desk,
            readAnew: {
                try await gazetteer.load()
                await directory.ready()
                try await directory.load()
                cache.invalidate()
            },
            report: { log.warning("other nodes", metadata: ["reason": "\($0)"]) })
        try await naming(settings) {
            try await changes.begin()
            if readsRegister { try await directory.load() }
            try await gazetteer.load()
        }
        // Of nodes that share the folder and start together, one makes the keys and the others find them.
        let (forms, receipts) = try FolderTurn.hold(in: settings.dataDirectory) {
            (
                try secret(settings, surroundings),
                try ReceiptKeys.load(
                    dataDirectory: settings.dataDirectory, now: surroundings.now(), secret: surroundings.secret)
            )
        }
        var reception = Reception(
            desk: desk, settings: settings, assets: Assets.load(), keys: Keys(secret: forms), cache: cache, log: log,
            directory: directory, gazetteer: gazetteer)
        reception.receiptKeys = receipts
        reception.printer = PrintProgram()
        reception.photos.programs = MachinePrograms()
        return Premises(
            settings: settings, database: database, reception: reception, postOffice: postOffice, changes: changes)
    }

    /// Opens the second copy of deposits, for the server alone: one process holds it. Deposits that the database lacks are given
    /// back to it, those that the journal lacks are added to it, and what can be neither is said in the log and kept.
    mutating func openDepositJournal() async throws {
        guard let path = settings.ownDepositJournal else { return }
        let known = try await database.scan { try CandidacyDepositStore.keys($0) }
        let opening = try DepositJournal.open(path, isKnown: Set(known).contains)
        reception.depositJournal = opening.journal
        let log = reception.log
        if opening.cut > 0 {
            log.warning(
                "the deposit journal ended in the middle of an entry, set aside",
                metadata: ["bytes": "\(opening.cut)", "entries": "\(opening.count)"])
        }
        let others = NodeJournals.missing(beside: settings, isKnown: Set(known).contains) { path, problem in
            log.notice(
                "the journal of another node is not read", metadata: ["file": "\(path)", "reason": "\(problem)"])
        }
        let found = try await DepositReturn.give(
            opening.missing + others, to: desk, keys: reception.receiptKeys?.all ?? [])
        if found.written > 0 {
            log.notice(
                "deposits of the journal were given back to the database", metadata: ["count": "\(found.written)"])
        }
        for aside in found.aside {
            log.error("a deposit of the journal is kept aside", metadata: ["deposit": "\(aside)"])
        }
        reception.depositsAside = found.aside
        do {
            if let failure = opening.journal.failure { throw failure }
            let added = try await DepositReturn.fill(opening.journal, from: database, keys: known)
            if added > 0 { log.notice("deposits were added to their journal", metadata: ["count": "\(added)"]) }
        } catch let problem as DepositJournalProblem {
            // Deposits go on without their second copy, with an alarm and a mark on the page.
            log.critical("the deposit journal takes nothing more", metadata: ["error": "\(problem)"])
        }
    }

    /// Reads the register, for a site that answers already; pages made without it are made again.
    func readRegister() async throws {
        try await reception.directory.load()
        reception.cache.invalidate()
    }

    static func makeDirectory(_ path: String) throws {
        do {
            // Dossiers, keys and settings: nobody else on the machine enters.
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw CommandFailure("the data directory \(path) cannot be made: \(error.localizedDescription)")
        }
    }

    private static func logger(_ settings: Settings) -> Logger {
        var log = Logger(label: "maillage") { StreamLogHandler.standardError(label: $0) }
        log.logLevel = Logger.Level(rawValue: settings.logLevel) ?? .info
        return log
    }

    /// The secret that signs forms, made once and readable by its owner only. Nodes that share a database must share it.
    private static func secret(_ settings: Settings, _ surroundings: Surroundings) throws -> [UInt8] {
        let path = settings.dataDirectory + "/forms.key"
        if let kept = FileManager.default.contents(atPath: path), kept.count >= 32 { return [UInt8](kept) }
        let fresh = surroundings.secret(32)
        let isKept = FileManager.default.createFile(
            atPath: path, contents: Data(fresh), attributes: [.posixPermissions: 0o600])
        guard isKept else { throw CommandFailure("\(path) cannot be written") }
        return fresh
    }
}
