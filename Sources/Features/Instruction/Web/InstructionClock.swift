import Maillage

/// What instruction asks of the passing of time: dossiers that open when a limit passes, requests and opinions that are reminded of and
/// end, and each hour one letter to those who were given dossiers.
public struct InstructionClock: Sendable {
    private let reception: Reception
    private let head: LetterHead

    public init(reception: Reception) {
        self.reception = reception
        head = LetterHead(reception.settings)
    }

    /// Goes on until the task is cancelled.
    public func run() async throws {
        try await reception.jobs.run("instruction", every: 60) { minute in try await tick(isHour: minute % 60 == 5) }
    }

    /// One turn.
    func tick(isHour: Bool) async throws {
        let (now, desk) = (reception.surroundings.now(), reception.desk)
        if try await reception.database.scan({ try OpenInstructions.isDue(at: now, $0) }) {
            // As many runs as a wave asks for, each a short transaction.
            for _ in 0..<200 {
                let count = try await desk.perform(OpenInstructions(shelf: reception.forms), as: .house)
                if count < OpenInstructions.most { break }
            }
        }
        if try await reception.database.read({ try TendInstructionDeadlines.isDue(at: now, $0) }) {
            _ = try await desk.perform(TendInstructionDeadlines(head: head), as: .house)
        }
        if isHour, try await reception.database.read({ try TellInstructors.isDue($0) }) {
            _ = try await desk.perform(TellInstructors(head: head), as: .house)
        }
    }
}
