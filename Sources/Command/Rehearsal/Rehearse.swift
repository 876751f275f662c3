import ArgumentParser
import Foundation
import Maillage
import MaillageWeb
import Storage
import Workbench

/// `maillage rehearse`: plays the last hour of a call on a copy of the data, with candidates who do not exist.
struct Rehearse: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rehearse", abstract: "Play the last hour of a call on a copy of the data, and say what holds.",
        discussion: """
            The data directory is copied, and never written to; the copy has keys of its own, sends no mail, and is removed at the \
            end. A site is opened on it, on this machine only, with its clock set an hour before the limit; candidates who do not \
            exist write, check, deposit, click twice, lose their line, deposit again and come too late, through HTTP. Then every \
            answer they got is compared with the database and its receipts. Status 1 when something does not hold.
            """)

    @Argument(help: ArgumentHelp("The call, as its address names it.", valueName: "call"))
    var call: String

    @Option(help: "How many candidates.")
    var candidates = 500

    @Option(help: "How many minutes the last hour takes.")
    var minutes = 10.0

    @Option(help: ArgumentHelp("Where to put the copy. Absent: the temporary directory.", valueName: "directory"))
    var work: String?

    @OptionGroup var options: HouseOptions

    func validate() throws {
        guard (1...20_000).contains(candidates) else { throw ValidationError("--candidates: 1 to 20000") }
        guard minutes >= 0.05, minutes <= 600 else { throw ValidationError("--minutes: 0.05 to 600") }
    }

    func run() async throws {
        try await CommandFailure.reporting {
            let settings = try options.settings()
            guard settings.databaseURL == nil else {
                throw CommandFailure(
                    "a rehearsal copies a data directory: restore a copy of PostgreSQL elsewhere for one")
            }
            let copy = try RehearsalCopy(of: settings, in: work ?? NSTemporaryDirectory())
            defer { copy.remove() }
            let verdict = try await play(on: copy)
            for line in verdict.lines() { print(line) }
            guard verdict.holds else { throw ExitCode(1) }
        }
    }

    /// The last hour and two minutes more, in as long as was asked.
    private static let span = Instant.Span.minutes(60)
    private static let after = Instant.Span.minutes(2)

    private func play(on copy: RehearsalCopy) async throws -> RehearsalVerdict {
        // The database says when the call closes: it is read before the clock is set.
        let closing = try await Self.closing(of: call, copy.settings)
        let clock = RehearsalClock(
            start: closing - Self.span, speed: Double(Self.span.seconds + Self.after.seconds) / (minutes * 60))
        var surroundings = Surroundings.live()
        surroundings.now = { clock.now }
        var premises = try await Premises.open(copy.settings, surroundings: surroundings)
        try await premises.openDepositJournal()
        let slug = call
        guard let found = try await premises.database.read({ try CallStore.call(.house, slug: slug, $0) }) else {
            throw CommandFailure("no call \(call)")
        }
        let makers = SyntheticCandidates(desk: premises.desk, shelf: premises.reception.forms, series: "repetition")
        let fillings = try await makers.fillings(of: found)
        if let blocked = fillings.first(where: { !$0.blocked.isEmpty })?.blocked {
            throw CommandFailure(
                "candidates who do not exist cannot answer: \(Set(blocked).sorted().joined(separator: ", "))")
        }
        let people = try await makers.make(candidates, for: found) { $0 % 5 < 3 }
        print(
            "Rehearsal of \(call): \(candidates) candidates, the last hour before \(Receipt.words(of: closing, .paris)) "
                + "in \(minutes) minutes.")
        fflush(nil)
        let record = RehearsalRecord()
        try await serve(premises) { port in
            clock.begin()
            await Self.crowd(people, port: port, closing: closing, clock, record)
        }
        var verdict = try await RehearsalVerdict.of(
            record.all, closing: closing, keys: premises.reception.receiptKeys?.all ?? [], database: premises.database)
        verdict.lookForNever(record.all.met, fillings, takesLate: found.settings.deposit.takesLate)
        await premises.database.close()
        return verdict
    }

    /// The limit that comes next, else the last one.
    private static func closing(of slug: String, _ settings: Settings) async throws -> Instant {
        let database = try await Premises.openDatabase(settings)
        let call = try await database.read { try CallStore.call(.house, slug: slug, $0) }
        await database.close()
        guard let call else { throw CommandFailure("no call \(slug)") }
        guard call.state == .published else { throw CommandFailure("the call \(slug) is not published") }
        let limits = call.settings.waves.map(\.closesAt).sorted()
        let now = Surroundings.live().now()
        guard let closing = limits.first(where: { $0 > now }) ?? limits.last else {
            throw CommandFailure("the call \(slug) has no limit")
        }
        return closing
    }

    private func serve(_ premises: Premises, _ body: @escaping @Sendable (_ port: Int) async -> Void) async throws {
        let house = House(reception: premises.reception)
        let (ports, announce) = AsyncStream<Int>.makeStream()
        let serving = Task {
            defer { announce.finish() }
            try await house.open(host: "127.0.0.1", port: 0, stopsOnSignals: false) { announce.yield($0) }
        }
        var iterator = ports.makeAsyncIterator()
        guard let port = await iterator.next() else {
            try await serving.value
            throw CommandFailure("the rehearsal's site does not open")
        }
        await body(port)
        serving.cancel()
        // Cancellation is how the site is closed here.
        _ = try? await serving.value
    }

    /// Everybody, each on a thread: most come in the last minutes, one in twenty-five after the limit.
    private static func crowd(
        _ people: [SyntheticCandidates.Person], port: Int, closing: Instant, _ clock: RehearsalClock,
        _ record: RehearsalRecord
    ) async {
        await withTaskGroup(of: Void.self) { group in
            for person in people {
                let share = Double((person.number * 7_919) % 1_000) / 1_000
                let isLate = person.number % 25 == 9
                let offset =
                    isLate
                    ? share * Double(after.microseconds) * 0.8
                    : (share.squareRoot() - 1) * Double(span.microseconds) * 0.98
                let played = RehearsalPerson(
                    person: person, writes: person.number % 5 >= 3,
                    moment: closing + Instant.Span(microseconds: Int64(offset)), closing: closing,
                    port: port, clock: clock, record: record)
                group.addTask {
                    await withCheckedContinuation { done in
                        let thread = Thread {
                            played.play()
                            done.resume()
                        }
                        thread.stackSize = 512 << 10
                        thread.start()
                    }
                }
            }
        }
    }
}
