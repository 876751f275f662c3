import Maillage

/// What the ledger asks of the passing of time: reminders of reports, looked at each hour.
public struct FundingClock: Sendable {
    private let reception: Reception

    public init(reception: Reception) {
        self.reception = reception
    }

    /// Goes on until the task is cancelled.
    public func run() async throws {
        let head = LetterHead(reception.settings)
        try await reception.jobs.run("reports", every: 3_600) { _ in
            let now = reception.surroundings.now()
            if try await reception.database.read({ try RemindReports.isDue(at: now, $0) }) {
                _ = try await reception.desk.perform(RemindReports(head: head), as: .house)
            }
        }
    }
}
