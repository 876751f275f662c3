import Storage

/// Writes to the other side about a dossier; the letter that tells of it says nothing of what was written (INST-16).
public struct SendInstructionMessage: Act {
    public static let right =
        "Une personne de l’équipe de l’appel ou de la coordination\u{202F}; la personne qui porte la candidature, et celles "
        + "qu’elle invite à écrire."

    public let candidacy: Candidacy.ID
    public let side: InstructionMessage.Side
    public let text: String
    public let head: LetterHead

    public init(candidacy: Candidacy.ID, side: InstructionMessage.Side, text: String, head: LetterHead) {
        self.candidacy = candidacy
        self.side = side
        self.text = text
        self.head = head
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try MessageDesk.dossier(candidacy, side, proceeding)
    }

    public func perform(_ proceeding: Proceeding) throws -> InstructionMessage {
        let former = try MessageDesk.dossier(candidacy, side, proceeding)
        guard let kept = try CandidacyStore.any(candidacy, proceeding.writer) else { throw Missing() }
        var problems = Problems()
        let words = CallText.long(text, "message", limit: 8_000, &problems)
        if words.isEmpty { problems.add("message", "Écrivez votre message.") }
        if side == .instruction, kept.holder == nil {
            problems.add("message", "Ce dossier n’a pas été déposé en ligne\u{202F}: personne ne lirait ce message.")
        }
        try problems.throwIfAny()
        let message = InstructionMessage(
            id: proceeding.newIdentifier(), candidacy: candidacy, side: side, author: proceeding.principal.account,
            text: words, at: proceeding.now, readAt: nil)
        try InstructionMessageStore.insert(message, proceeding.writer)
        // Whoever answers has read what came before.
        try InstructionMessageStore.markRead(
            of: candidacy, from: side == .candidate ? .instruction : .candidate, at: proceeding.now, proceeding.writer)
        var counted = former
        let isFirst: Bool
        switch side {
        case .instruction:
            isFirst = former.unreadByCandidate == 0
            counted.unreadByCandidate += 1
            counted.unread = 0
        case .candidate:
            isFirst = former.unread == 0
            counted.unread += 1
            counted.unreadByCandidate = 0
        }
        counted.updatedAt = proceeding.now
        try InstructionStore.recount(counted, proceeding.writer)
        proceeding.about(candidacy)
        proceeding.note("side", side.rawValue)
        // One letter until it is read, not one a message.
        guard isFirst else { return message }
        let reader = side == .instruction ? kept.holder : former.instructor
        if let address = try reader.flatMap({ try AccountStore.account($0, proceeding.writer)?.email?.text }) {
            proceeding.send(
                head.instructionMessage(address, former, to: side == .instruction ? .candidate : .instruction))
        }
        return message
    }
}
