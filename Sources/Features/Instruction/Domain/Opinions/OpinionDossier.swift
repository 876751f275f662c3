import Forms
import Storage

/// A dossier as somebody reads it who was asked for an opinion on it: what was deposited and what was added, nothing of what the
/// team writes (INST-18).
public struct OpinionDossier: Sendable {
    public let opinion: Opinion
    public let candidacy: Candidacy
    public let call: Call
    public let deposit: CandidacyDeposit
    /// The answers as they stand; nil for what came on paper.
    public let state: FormState?
    public let parts: [CandidacyPart]

    /// The dossier, if the opinion was asked of the principal and is still open; `Missing` for all others, after the answer, after
    /// the limit and once it was withdrawn.
    public static func open(
        _ principal: Principal, _ id: Opinion.ID, at now: Instant, shelf: CandidacyFormShelf, _ reader: Reader
    ) throws -> OpinionDossier {
        let opinion = try asked(principal, id, at: now, reader)
        guard let instruction = try InstructionStore.any(opinion.candidacy, reader),
            let candidacy = try CandidacyStore.any(opinion.candidacy, reader), candidacy.state.isExamined,
            let call = try CallStore.any(instruction.call, reader),
            let deposit = try CandidacyDepositStore.any(instruction.deposit, reader)
        else { throw Missing() }
        let dossier = try DepositedDossier.read(deposit, of: candidacy, shelf: shelf, reader)
        let requests = try PiecesRequestStore.requests(of: candidacy.id, reader)
        return OpinionDossier(
            opinion: opinion, candidacy: candidacy, call: call, deposit: deposit,
            state: dossier.map { dossier in
                FormState(
                    dossier.state.compiled, answers: StandingAnswers.of(dossier.state.answers, requests),
                    environment: dossier.state.environment)
            }, parts: dossier?.parts ?? [])
    }

    /// A document that the dossier holds now, for whom its opinion was asked of.
    public static func file(
        _ principal: Principal, _ id: Opinion.ID, _ file: CandidacyFile.ID, at now: Instant, shelf: CandidacyFormShelf,
        _ reader: Reader
    ) throws -> CandidacyFile {
        let dossier = try open(principal, id, at: now, shelf: shelf, reader)
        guard let found = try StandingFiles.file(file, of: dossier.candidacy.id, dossier.deposit.id, reader) else {
            throw Missing()
        }
        return found
    }

    /// The opinion, if it was asked of the principal's own address and is open.
    static func asked(_ principal: Principal, _ id: Opinion.ID, at now: Instant, _ reader: Reader) throws -> Opinion {
        guard let account = principal.account, let opinion = try OpinionStore.opinion(id, reader),
            opinion.isOpen(at: now), !opinion.email.isEmpty,
            try AccountStore.account(account, reader)?.email?.text == opinion.email
        else { throw Missing() }
        return opinion
    }

    /// What was asked of the principal and waits, with the dossiers' names.
    public static func waiting(_ principal: Principal, at now: Instant, _ reader: Reader) throws
        -> [(opinion: Opinion, dossier: Instruction)]
    {
        guard let account = principal.account, let email = try AccountStore.account(account, reader)?.email else {
            return []
        }
        let opinions = try OpinionStore.open(of: email, at: now, reader)
        guard !opinions.isEmpty else { return [] }
        let dossiers = try InstructionStore.those(opinions.map(\.candidacy), reader)
        return opinions.compactMap { opinion in
            dossiers.first { $0.candidacy == opinion.candidacy }.map { (opinion, $0) }
        }
    }
}

/// The documents of a dossier as it stands: those its deposit froze, and those that came with an answer that was sent.
public enum StandingFiles {
    /// Nil for any other: a draft's, another dossier's, one of an answer that was not sent.
    public static func file(
        _ id: CandidacyFile.ID, of candidacy: Candidacy.ID, _ deposit: CandidacyDeposit.ID, _ reader: Reader
    ) throws -> CandidacyFile? {
        if let frozen = try CandidacyFileStore.file(id, frozenBy: deposit, reader) { return frozen }
        let sent = try PiecesRequestStore.requests(of: candidacy, reader).filter { $0.state == .answered }
        let isSent = sent.contains { request in
            request.keys.contains { key in
                guard case .files(let files) = request.answers[key] else { return false }
                return files.contains { $0.id == id.text }
            }
        }
        return isSent ? try CandidacyFileStore.file(id, of: candidacy, reader) : nil
    }
}
