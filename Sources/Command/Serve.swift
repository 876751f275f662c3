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
            var premises = try await Premises.open(
                try options.settings(host: host, port: port), readsRegister: false)
            try await premises.openDepositJournal()
            try await Self.serve(premises, for: manager)
        }
    }

    /// Serves open premises; `maillage demo` ends here too.
    static func serve(_ premises: Premises, for manager: ServiceManager) async throws {
        // The library of timers opens a descriptor for each clock the first time it is used, and traps when there is none left: both
        // are opened before a crowd can take them all.
        try await Task.sleep(for: .milliseconds(1), clock: .continuous)
        try await Task.sleep(for: .milliseconds(1), clock: .suspending)
        let settings = premises.settings
        var premises = premises
        let surroundings = premises.reception.surroundings
        let awaitsFirst = try await premises.database.read {
            try CreateFirstAccount.isAwaited(at: surroundings.now(), $0)
        }
        if awaitsFirst { premises.reception.firstAccountCode = FirstAccountCode(surroundings) }
        let reception = premises.reception
        let house = House(reception: reception)
        try await house.open(
            host: settings.host, port: settings.port, inherited: manager.socket,
            services: chores(of: premises) + [ServiceReport(manager, of: premises)],
            onReady: { port in
                if !reception.photos.isOpen {
                    reception.log.warning(
                        "photos cannot be taken in", metadata: ["install": "\(PhotoWorkshop.package)"])
                }
                let address = settings.port == 0 ? "http://\(settings.host):\(port)" : settings.baseURL
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
        let (desk, log) = (premises.desk, premises.reception.log)
        let job = DataRegister.job(LetterHead(premises.settings))
        return Chore {
            while !Task.isCancelled {
                do {
                    for done in try await job.run(desk) {
                        log.notice("retention", metadata: ["rule": "\(done.rule)", "rows": "\(done.rows)"])
                    }
                } catch let error where !(error is CancellationError) {
                    log.error("the retention job failed", metadata: ["error": "\(error)"])
                }
                try await Task.sleep(for: .seconds(86_400))
            }
        }
    }

    /// What goes on beside the answers.
    private static func chores(of premises: Premises) -> [any Service] {
        let head = LetterHead(premises.settings)
        let (desk, log, vault) = (premises.desk, premises.reception.log, premises.reception.photos.vault)
        var chores: [any Service] = [
            Chore {
                try await readRegister(of: premises)
                // A service that ends would end the site.
                while !Task.isCancelled { try await Task.sleep(for: .seconds(86_400)) }
            },
            Chore {
                while !Task.isCancelled {
                    do {
                        try await desk.perform(SweepAccountTraces(), as: .house)
                        try await desk.perform(SweepCallTraces(), as: .house)
                        let now = desk.surroundings.now()
                        if try await desk.database.read({ try TellRoleEnds.isDue(at: now, $0) }) {
                            _ = try await desk.perform(TellRoleEnds(head: head), as: .house)
                        }
                    } catch {
                        log.error("the sweep failed", metadata: ["error": "\(error)"])
                    }
                    do {
                        try await VaultUpkeep.sweep(desk, vault)
                    } catch {
                        log.error("the sweep of files failed", metadata: ["error": "\(error)"])
                    }
                    try await Task.sleep(for: .seconds(3_600))
                }
            },
        ]
        // The people of a demonstration are invented, and their calls ended years ago.
        if !premises.reception.isDemonstration { chores.append(retention(of: premises)) }
        chores.append(Chore { await BackupChore(premises).run() })
        if let scrub = ScrubChore(premises) { chores.append(Chore { try await scrub.run() }) }
        if let erasures = ErasureChore(premises) { chores.append(Chore { try await erasures.run() }) }
        let certificate = CertificateEnd(settings: premises.settings)
        chores.append(
            Chore {
                try await HealthWatch(reception: premises.reception, certificate: { await certificate.ask() }).run()
            })
        if let signer = premises.reception.receiptKeys {
            let office = DepositOffice(
                head: LetterHead(premises.settings), keys: signer, shelf: premises.reception.forms)
            chores.append(Chore { try await ReceiptNightClock(reception: premises.reception, keys: signer).run() })
            chores.append(Chore { try await CandidacyClock(reception: premises.reception, office: office).run() })
        }
        chores.append(Chore { try await InstructionClock(reception: premises.reception).run() })
        chores.append(Chore { try await FundingClock(reception: premises.reception).run() })
        if let socket = premises.settings.clamdSocket {
            let scanning = FileScanning(desk: desk, vault: vault, socket: ClamSocket(path: socket))
            chores.append(Chore { try await scanning.run { log.warning("antivirus", metadata: ["reason": "\($0)"]) } })
        }
        if let postOffice = premises.postOffice { chores.append(Chore { await postOffice.run() }) }
        return chores
    }
}

/// Work that goes on until the site closes.
private struct Chore: Service {
    let work: @Sendable () async throws -> Void

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            do {
                try await work()
            } catch is CancellationError {
                // The site closes: that is how this work ends.
            }
        }
    }
}
