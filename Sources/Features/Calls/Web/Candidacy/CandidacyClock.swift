import Maillage

/// What candidacies ask of the passing of time, every minute: reminders of a limit that comes near, and deposits that were agreed
/// to in the last minutes before it. Nothing here opens or closes a call.
public struct CandidacyClock: Sendable {
    private let reception: Reception
    private let office: DepositOffice

    public init(reception: Reception, office: DepositOffice) {
        self.reception = reception
        self.office = office
    }

    /// Goes on until the task is cancelled.
    public func run() async throws {
        try await reception.jobs.run("candidacies", every: 60) { _ in try await tick() }
    }

    /// One turn. A deposit that fails does not prevent the others.
    func tick() async throws {
        let now = reception.surroundings.now()
        for candidacy in try await reception.database.read({ try DepositConsentedDraft.due(at: now, $0) }) {
            do {
                let act = DepositConsentedDraft(candidacy: candidacy, office: office)
                if let outcome = try await reception.desk.perform(act, as: .house) {
                    _ = await DepositCopy.keep(outcome, reception)
                }
            } catch {
                reception.log.error(
                    "a consented deposit failed", metadata: ["candidacy": "\(candidacy)", "error": "\(error)"])
            }
        }
        _ = try await reception.desk.perform(RemindCandidates(head: office.head), as: .house)
        if try await reception.database.read({ try MailCandidacyRemarks.isDue(at: now, $0) }) {
            _ = try await reception.desk.perform(
                MailCandidacyRemarks(head: office.head, shelf: office.shelf), as: .house)
        }
    }
}
