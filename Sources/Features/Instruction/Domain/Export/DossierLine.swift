import Forms

/// One dossier of an export, with what its columns read.
public struct DossierLine: Sendable {
    public let instruction: Instruction
    public let candidacy: Candidacy
    public let deposit: CandidacyDeposit
    public let call: Call
    /// Who deposited it, and who has it in hand; empty when there is nobody.
    public let depositor: String
    public let instructor: String
    /// The answers as they stand: the deposit, with what was added since. Nil for what came on paper, for a dossier that is not
    /// open to the reader, and when no column asks for them.
    public let state: FormState?
    /// Whether it may be read: its limit has passed, and it was opened when it was sealed.
    public let isOpen: Bool
    /// The deposit itself, where `state` is.
    public let dossier: DepositedDossier?
    /// When answers were added after the deposit, the latest last.
    public let additions: [Instant]
    /// The questions of its form, by key.
    let questions: [String: Question]

    func question(_ key: String) -> Question? { questions[key] }
}
