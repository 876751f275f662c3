import Storage

/// Says that what the other side wrote was read (INST-16).
public struct MarkMessagesRead: Act {
    public static let right = SendInstructionMessage.right

    public let candidacy: Candidacy.ID
    /// The side that read.
    public let side: InstructionMessage.Side

    public init(candidacy: Candidacy.ID, side: InstructionMessage.Side) {
        self.candidacy = candidacy
        self.side = side
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try MessageDesk.dossier(candidacy, side, proceeding)
    }

    public func perform(_ proceeding: Proceeding) throws {
        var dossier = try MessageDesk.dossier(candidacy, side, proceeding)
        try InstructionMessageStore.markRead(
            of: candidacy, from: side == .candidate ? .instruction : .candidate, at: proceeding.now, proceeding.writer)
        switch side {
        case .instruction: dossier.unread = 0
        case .candidate: dossier.unreadByCandidate = 0
        }
        try InstructionStore.recount(dossier, proceeding.writer)
        proceeding.concerns(candidacy)
    }
}
