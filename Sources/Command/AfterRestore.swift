import Foundation
import Maillage
import MaillageWeb
import Storage

/// What a network that was put back needs before it gets its name: the deposits that came after its backup, for `--at`, and the
/// erasures that were asked since.
struct AfterRestore {
    let options: HouseOptions
    let path: String
    let instant: Instant?
    let deposits: String?
    let erasures: String?

    private var lines: [String] = []
    private(set) var needsSomebody = false

    init(options: HouseOptions, path: String, instant: Instant?, deposits: String?, erasures: String?) {
        self.options = options
        self.path = path
        self.instant = instant
        self.deposits = deposits
        self.erasures = erasures
    }

    /// - Parameter settings: those of the command, leading to where the network is for now.
    mutating func run(_ settings: Settings) async throws {
        // The settings that were lost with the directory are in the backup.
        let kept = try options.settings(fileIn: settings.dataDirectory)
        let again = try readErasures(kept)
        let journal = instant == nil ? nil : deposits ?? kept.depositJournal
        guard journal != nil || !again.isEmpty else { return noJournal() }
        let database = try await Premises.openDatabase(settings)
        do {
            let desk = Desk(database: database, surroundings: .live())
            if let instant, let journal {
                try await giveBack(journal, until: instant, desk, settings)
            } else {
                noJournal()
            }
            // Last: an erasure holds for what a deposit brought back, too.
            let outcome = try await ErasureUpkeep.again(again, desk, ErasureKind.network)
            if !again.isEmpty { lines.append("\(outcome.again) erasures done again, \(outcome.standing) stood.") }
            for aside in outcome.aside { CommandFailure.say("not erased again: \(aside)") }
            if !outcome.aside.isEmpty { needsSomebody = true }
        } catch {
            await database.close()
            throw error
        }
        await database.close()
    }

    /// Says what was done, and what of the time since the backup is not there.
    func report(_ madeAt: Instant) {
        for line in lines { print(line) }
        guard let instant else { return }
        print(
            "Not given back, of what was done from \(madeAt.iso) to \(instant.iso): all but deposits. Drafts, accounts, places, "
                + "opinions, decisions and payments of that time are lost, and people who were invited are to be invited again."
        )
    }

    private mutating func noJournal() {
        guard instant != nil else { return }
        lines.append(
            "No journal of deposits is known: deposits made since the backup are lost. Give one with --deposits.")
    }

    private mutating func giveBack(
        _ journal: String, until instant: Instant, _ desk: Desk, _ settings: Settings
    ) async throws {
        let (entries, damages) = try DepositJournal.salvage(journal)
        var wanted: [DepositEntry] = []
        var later = 0
        for entry in entries {
            // What is no receipt is told as such by the replay.
            let issued = try? SignedReceipt(fileBytes: entry.receipt).receipt.issuedAt
            if let issued, issued > instant { later += 1 } else { wanted.append(entry) }
        }
        let keys = try ReceiptKeys.published(dataDirectory: settings.dataDirectory)
        let found = try await DepositReturn.give(wanted, to: desk, keys: keys)
        lines.append("\(found.written) deposits made until \(instant.iso) given back from \(journal).")
        if later > 0 {
            lines.append(
                "\(later) deposits of \(journal) are later than that: the next start gives them back too, unless DEPOSIT_JOURNAL "
                    + "names another file.")
        }
        for damage in damages {
            CommandFailure.say(
                "\(journal): bytes \(damage.lowerBound)-\(damage.upperBound) are not whole, or altered")
        }
        for aside in found.aside { CommandFailure.say("kept aside: \(aside)") }
        if !damages.isEmpty || !found.aside.isEmpty { needsSomebody = true }
    }

    private mutating func readErasures(_ kept: Settings) throws -> [Erasure] {
        let beside = URL(fileURLWithPath: path).deletingLastPathComponent().path + "/erasures.log"
        let there = [erasures, kept.erasureLogPath, beside].compactMap { $0 }
            .first { FileManager.default.fileExists(atPath: $0) }
        if let erasures, there != erasures { throw CommandFailure("\(erasures) is not there") }
        guard let there else {
            lines.append("No log of erasures is known: what was erased since the backup is there again.")
            return []
        }
        let reading = try ErasureLog.read(there)
        if reading.damaged > 0 {
            CommandFailure.say("\(there): \(reading.damaged) lines do not hold: look at what they erased")
            needsSomebody = true
        }
        return reading.erasures
    }
}
