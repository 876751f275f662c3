import Forms
import Storage

/// Sends the answer to a request: it does not change any more, and the dossier comes back to its instructor. After the limit it is
/// refused, or kept as late when the request says that late answers are taken (INST-15).
public struct SendPieces: Act {
    public static let right = "La personne qui porte la candidature."

    public let request: PiecesRequest.ID
    /// The version that was shown.
    public let version: Int
    public let head: LetterHead
    public let shelf: CandidacyFormShelf

    public init(request: PiecesRequest.ID, version: Int, head: LetterHead, shelf: CandidacyFormShelf) {
        self.request = request
        self.version = version
        self.head = head
        self.shelf = shelf
    }

    public func authorize(_ proceeding: Proceeding) throws {
        let editing = try PiecesEditing(proceeding, request, shelf)
        guard CandidacyRights.leads(proceeding.principal, editing.candidacy) else {
            throw Denied("L’envoi revient à la personne qui porte la candidature.")
        }
    }

    public func perform(_ proceeding: Proceeding) throws -> PiecesRequest {
        let editing = try PiecesEditing(proceeding, request, shelf)
        try editing.requireWritable(at: proceeding.now)
        guard version == editing.request.version else { throw Conflict(current: editing.request.version) }
        var problems = Problems()
        for shortfall in editing.shortfalls { problems.add(shortfall.field, shortfall.message) }
        try problems.throwIfAny()
        var sent = editing.request
        sent.state = .answered
        sent.answeredAt = proceeding.now
        sent.answeredBy = proceeding.principal.account
        sent.closedAt = proceeding.now
        try PiecesRequestStore.update(sent, at: version, proceeding.writer)
        sent.version = version + 1
        let house = InstructionEditing(proceeding: proceeding)
        let words = sent.isLate ? "Après la date limite" : ""
        if editing.instruction.state == .incomplete {
            let moved = try house.moved(editing.instruction, by: .comeBack, shown: nil)
            try house.write(moved, replacing: editing.instruction, .answered, words: words)
        } else {
            try InstructionEventStore.add(.answered, to: sent.candidacy, words: words, proceeding)
            proceeding.about(sent.candidacy)
        }
        proceeding.note("request", sent.id.text)
        if let instructor = editing.instruction.instructor,
            let address = try AccountStore.account(instructor, proceeding.writer)?.email?.text
        {
            proceeding.send(head.piecesAnswered(address, editing.instruction, isLate: sent.isLate))
        }
        if let address = try house.holderAddress(of: editing.candidacy) {
            proceeding.send(head.piecesReceived(address, editing.candidacy, editing.call, sent))
        }
        return sent
    }
}
