import ArgumentParser
import Exchange
import Forms
import Foundation
import Maillage
import MaillageWeb
import Storage
import Workbench

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A form of 700 questions with a condition each: what an answer costs the server, in nanoseconds; and its schema, for the page.
struct BenchForm: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "form")

    @Option var questions = 700
    @Option(help: "Where to write what the page's script evaluates.")
    var schema: String?

    /// One answer in three is computed; each question is shown by an earlier one, and the first one turns them all.
    private func form() -> Form {
        var list = [Question("q0", "Début", .number(), .required)]
        for number in 1..<max(questions, 2) {
            list.append(
                Question(
                    "q\(number)", "Suite",
                    number % 3 == 0
                        ? .computed(.sum([.reference(Reference("q\(number - 1)"))]), unit: .number) : .number(),
                    shownIf: .comparison(.reference(Reference("q\(number / 2)")), .atLeast, .number(.zero))))
        }
        return Form(key: "mesure", title: "Mesure", sections: [FormSection("tout", "Tout", questions: list)])
    }

    func run() async throws {
        try await CommandFailure.reporting {
            let compiled = try CompiledForm(form())
            if let schema { try Data(FormSchema.json(compiled)).write(to: URL(fileURLWithPath: schema)) }
            var answers = Answers()
            for question in compiled.form.questions where !question.kind.isComputed {
                answers[question.key] = ExactNumber(12).map { .number($0) }
            }
            let full = answers
            var state = FormState(compiled, answers: full)
            var number = 0
            let last = compiled.form.questions.last { !$0.kind.isComputed }?.key ?? "q0"
            print("whole \(Measures.median(50) { FormState(compiled, answers: full).progress.shown })")
            let one = Measures.median(400) {
                number += 1
                state.set(last, to: ExactNumber(number).map { .number($0) })
                return state.isShown(last) ? 1 : 0
            }
            print("one \(one)")
            let all = Measures.median(100) {
                number += 1
                state.set("q0", to: ExactNumber(number % 2 == 0 ? 5 : -5).map { .number($0) })
                return state.isShown("q1") ? 1 : 0
            }
            print("all \(all)")
        }
    }
}

/// Durable deposits, database and journal, with so many depositors at once; and what the disk's syncs allow.
struct BenchDeposits: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "deposits")

    @OptionGroup var options: HouseOptions
    @Option var people = 64
    @Option(help: "Deposits of each.")
    var each = 100

    func run() async throws {
        try await CommandFailure.reporting {
            var settings = try options.settings()
            settings.depositJournal = settings.depositJournal ?? settings.dataDirectory + "/deposits.journal"
            var premises = try await Premises.open(settings)
            try await premises.openDepositJournal()
            guard let journal = premises.reception.depositJournal, let keys = premises.reception.receiptKeys else {
                throw CommandFailure("no journal")
            }
            // Without the views: they cost processor time, and this measures deposits.
            let desk = Desk(database: premises.database, surroundings: premises.reception.surroundings)
            let head = LetterHead(settings)
            let closing = Instant(seconds: desk.surroundings.now().seconds + 86_400)
            let call = try await TrialCall.publish(desk, closing: closing, head: head)
            let office = DepositOffice(head: head, keys: keys, shelf: premises.reception.forms)
            let makers = SyntheticCandidates(desk: desk, shelf: premises.reception.forms, series: "mesure")
            let drafts = try await makers.make(people * each, for: call)
            let syncs = try Self.syncs(settings.dataDirectory)
            let clock = ContinuousClock()
            let spans = SpanList()
            let (people, each) = (people, each)
            let whole = try await clock.measure {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for depositor in 0..<people {
                        group.addTask {
                            for place in 0..<each {
                                let draft = drafts[depositor * each + place]
                                let start = clock.now
                                try await Self.deposit(draft, desk, office, journal)
                                await spans.add(RehearsalClock.seconds(clock.now - start))
                            }
                        }
                    }
                    try await group.waitForAll()
                }
            }
            let sorted = await spans.all.sorted()
            print("deposits \(Int(Double(people * each) / RehearsalClock.seconds(whole)))")
            print("p50_us \(Int(sorted[sorted.count / 2] * 1_000_000))")
            print("p99_us \(Int(sorted[min(sorted.count * 99 / 100, sorted.count - 1)] * 1_000_000))")
            print("syncs \(syncs)")
            await premises.database.close()
        }
    }

    private static func deposit(
        _ draft: SyntheticCandidates.Person, _ desk: Desk, _ office: DepositOffice, _ journal: DepositJournal
    ) async throws {
        guard let key = DepositKey(text: "mesure.\(draft.candidacy.text).depot") else { return }
        let principal = Principal(account: draft.account, name: "", grants: [])
        let now = desk.surroundings.now()
        let preparation = try await desk.database.read { reader in
            try DepositPreparation.of(
                .own(principal, draft.candidacy, at: now, shelf: office.shelf, reader), reader)
        }
        let outcome = try await desk.perform(
            DepositCandidacy(
                candidacy: draft.candidacy, version: draft.version, key: key, arrival: now, office: office,
                preparation: preparation), as: principal)
        if let entry = outcome.entry { try await journal.append(entry) }
    }

    /// How many syncs of a few kilobytes this disk does in a second, one after the other.
    private static func syncs(_ folder: String) throws -> Int {
        let path = folder + "/syncs"
        let descriptor = open(path, O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw CommandFailure("\(path) cannot be written") }
        defer {
            close(descriptor)
            unlink(path)
        }
        let block = [UInt8](repeating: 46, count: 8_192)
        let clock = ContinuousClock()
        let start = clock.now
        var count = 0
        while clock.now - start < .seconds(1) {
            guard write(descriptor, block, block.count) == block.count, fdatasync(descriptor) == 0 else {
                throw CommandFailure("\(path) cannot be synced")
            }
            count += 1
        }
        return count
    }
}

private actor SpanList {
    private(set) var all: [Double] = []

    func add(_ span: Double) { all.append(span) }
}
