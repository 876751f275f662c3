import ArgumentParser
import Foundation
import Logging
import Maillage
import MaillageWeb
import ServiceLifecycle
import Storage

/// `maillage serve`: opens the house and answers until told to stop.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Serve the network's site.")

    @OptionGroup var options: HouseOptions

    @Option(help: "Address to listen on.")
    var host: String?

    @Option(help: "Port to listen on; 0 picks a free one.")
    var port: Int?

    func run() async throws {
        try await CommandFailure.reporting {
            let manager = try ServiceManager()
            let settings = try options.settings(host: host, port: port)
            // What prevents the site from opening is said before anything is made.
            _ = try Self.certificate(settings)
            var premises = try await Premises.open(settings, readsRegister: false)
            try await MoveCommand.refuseForgottenNetwork(premises)
            try await premises.openDepositJournal()
            try await Self.serve(premises, for: manager)
        }
    }

    /// Serves open premises; `maillage demo` ends here too.
    static func serve(_ premises: Premises, for manager: ServiceManager) async throws {
        LargeBlocks.areGivenBack()
        // The library of timers opens a descriptor for each clock the first time it is used, and traps when there is none left: both
        // are opened before a crowd can take them all.
        try await Task.sleep(for: .milliseconds(1), clock: .continuous)
        try await Task.sleep(for: .milliseconds(1), clock: .suspending)
        let settings = premises.settings
        var premises = premises
        let surroundings = premises.reception.surroundings
        let awaited = try await premises.database.read { reader -> Int? in
            guard try CreateFirstAccount.isAwaited(at: surroundings.now(), reader) else { return nil }
            return try CreateFirstAccount.formerAdministrations(reader)
        }
        if let awaited {
            // Whoever reads the console of one node may be answered by another.
            premises.reception.firstAccountCode =
                settings.node == nil
                ? FirstAccountCode(surroundings) : premises.reception.keys.firstAccountCode(after: awaited)
        }
        let reception = premises.reception
        let certificate = try certificate(settings)
        let house = House(reception: reception)
        try await house.open(
            host: settings.host, port: settings.port,
            inheritance: try manager.inheritance(clearPort: settings.tlsRedirectPort), certificate: certificate,
            services: chores(of: premises, certificate) + [ServiceReport(manager, of: premises)],
            onReady: { port in
                if !reception.photos.isOpen {
                    reception.log.warning(
                        "photos cannot be taken in", metadata: ["install": "\(PhotoWorkshop.package)"])
                }
                let scheme = certificate == nil ? "http" : "https"
                let address = settings.port == 0 ? "\(scheme)://\(settings.host):\(port)" : settings.baseURL
                print("Maillage: \(settings.networkName), \(address)")
                if let code = reception.firstAccountCode {
                    // For whoever sees the console: never a line of the log, which may be sent elsewhere.
                    print("Nobody administers this network yet. The code of the first account, until it stops:")
                    print("    \(code.text)  at \(address)/premier-compte")
                }
                fflush(nil)
                manager.tell(.ready)
            },
            onClosing: { manager.tell(.stopping) })
        await premises.database.close()
    }

    /// What the site answers HTTPS with by itself; nil when it leaves that to a proxy. Throws `CertificateProblem`.
    private static func certificate(_ settings: Settings) throws -> CertificateKeeper? {
        try CertificateFiles(settings: settings).map {
            try CertificateKeeper($0, at: Surroundings.live().now())
        }
    }

    /// Reads the register, again and again for half a minute: a crowd at the door may take every descriptor there is, and what
    /// passes is no reason to close.
    private static func readRegister(of premises: Premises) async throws {
        for trial in 1... {
            if premises.reception.directory.isLoaded { return }
            do {
                return try await premises.readRegister()
            } catch let error as StorageError where trial < 30 {
                premises.reception.log.warning("the register could not be read yet", metadata: ["error": "\(error)"])
                try await Task.sleep(for: .seconds(1))
            }
        }
    }

    /// Warns and erases what is past its term, each day.
    private static func retention(of premises: Premises) -> Chore {
        let (reception, desk) = (premises.reception, premises.desk)
        let job = DataRegister.job(LetterHead(premises.settings))
        return Chore {
            try await reception.jobs.run("retention", every: 86_400) { _ in
                for done in try await job.run(desk) {
                    reception.log.notice("retention", metadata: ["rule": "\(done.rule)", "rows": "\(done.rows)"])
                }
            }
        }
    }

    /// What goes on beside the answers.
    private static func chores(of premises: Premises, _ keeper: CertificateKeeper?) -> [any Service] {
        let (reception, desk, head) = (premises.reception, premises.desk, LetterHead(premises.settings))
        let (jobs, log, vault) = (reception.jobs, reception.log, reception.photos.vault)
        var chores: [any Service] = [
            // Told to stop last: until then the work goes on, and the leases are this node's.
            Chore(
                work: { while !Task.isCancelled { try await Task.sleep(for: .seconds(86_400)) } },
                atEnd: {
                    do {
                        try await reception.leases.giveBack()
                    } catch {
                        log.warning("the jobs of this node end by themselves", metadata: ["error": "\(error)"])
                    }
                }),
            Chore {
                try await readRegister(of: premises)
                // A service that ends would end the site.
                while !Task.isCancelled { try await Task.sleep(for: .seconds(86_400)) }
            },
            Chore {
                try await jobs.run("traces", every: 3_600) { _ in
                    try await desk.perform(SweepAccountTraces(), as: .house)
                    try await desk.perform(SweepCallTraces(), as: .house)
                    let now = desk.surroundings.now()
                    if try await desk.database.read({ try TellRoleEnds.isDue(at: now, $0) }) {
                        _ = try await desk.perform(TellRoleEnds(head: head), as: .house)
                    }
                }
            },
            Chore { try await jobs.run("files", every: 3_600) { _ in try await VaultUpkeep.sweep(desk, vault) } },
        ]
        // The people of a demonstration are invented, and their calls ended years ago.
        if !reception.isDemonstration { chores.append(retention(of: premises)) }
        let certificate = CertificateEnd(settings: premises.settings)
        chores.append(
            Chore {
                try await HealthWatch(reception: reception, certificate: { await certificate.ask() ?? keeper?.end })
                    .run()
            })
        if let keeper {
            chores.append(Chore { try await CertificateWatch(keeper: keeper, reception: reception).run() })
        }
        if premises.database.dialect == .postgres {
            chores.append(
                Chore {
                    try await premises.changes.run()
                    while !Task.isCancelled { try await Task.sleep(for: .seconds(86_400)) }
                })
        }
        chores.append(Chore { try await BackupChore(premises).run() })
        if let scrub = ScrubChore(premises) { chores.append(Chore { try await scrub.run() }) }
        if let erasures = ErasureChore(premises) { chores.append(Chore { try await erasures.run() }) }
        if let signer = reception.receiptKeys {
            let office = DepositOffice(
                head: LetterHead(premises.settings), keys: signer, shelf: reception.forms)
            chores.append(Chore { try await ReceiptNightClock(reception: reception, keys: signer).run() })
            chores.append(Chore { try await CandidacyClock(reception: reception, office: office).run() })
        }
        chores.append(Chore { try await InstructionClock(reception: reception).run() })
        chores.append(Chore { try await FundingClock(reception: reception).run() })
        if let socket = premises.settings.clamdSocket {
            let scanning = FileScanning(desk: desk, vault: vault, socket: ClamSocket(path: socket))
            chores.append(
                Chore {
                    try await scanning.run(having: { try await reception.leases.take("scanning", for: .minutes(3)) }) {
                        log.warning("antivirus", metadata: ["reason": "\($0)"])
                    }
                })
        }
        if let postOffice = premises.postOffice { chores.append(Chore { await postOffice.run() }) }
        return chores
    }
}

/// Work that goes on until the site closes.
private struct Chore: Service {
    let work: @Sendable () async throws -> Void
    var atEnd: (@Sendable () async -> Void)?

    init(work: @escaping @Sendable () async throws -> Void, atEnd: (@Sendable () async -> Void)? = nil) {
        self.work = work
        self.atEnd = atEnd
    }

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            do {
                try await work()
            } catch is CancellationError {
                // The site closes: that is how this work ends.
            }
        }
        // Not in the work's task, which is cancelled.
        if let atEnd { await atEnd() }
    }
}
