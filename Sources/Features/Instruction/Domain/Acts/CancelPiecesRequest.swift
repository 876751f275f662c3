import Storage

/// Takes back a request that was not answered; the candidate is told (INST-13).
public struct CancelPiecesRequest: Act {
    public static let right = AssignDossier.right

    public let request: PiecesRequest.ID
    public let head: LetterHead

    public init(request: PiecesRequest.ID, head: LetterHead) {
        self.request = request
        self.head = head
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard let request = try PiecesRequestStore.request(request, proceeding.writer) else { throw Missing() }
        _ = try InstructionEditing(proceeding: proceeding).found(request.candidacy)
    }

    public func perform(_ proceeding: Proceeding) throws {
        let editing = InstructionEditing(proceeding: proceeding)
        guard let former = try PiecesRequestStore.request(request, proceeding.writer) else { throw Missing() }
        let found = try editing.found(former.candidacy)
        guard former.state == .open || former.state == .expired else {
            throw Problems("", "Cette demande a déjà sa réponse, ou elle est déjà retirée.")
        }
        var cancelled = former
        cancelled.state = .cancelled
        cancelled.closedAt = proceeding.now
        try PiecesRequestStore.update(cancelled, at: former.version, proceeding.writer)
        if found.instruction.state == .incomplete {
            let moved = try editing.moved(found.instruction, by: .comeBack, shown: nil)
            try editing.write(moved, replacing: found.instruction, .cancelled)
        } else {
            try InstructionEventStore.add(.cancelled, to: former.candidacy, proceeding)
            proceeding.about(former.candidacy)
        }
        if let address = try editing.holderAddress(of: found.candidacy) {
            proceeding.send(head.piecesCancelled(address, found.candidacy, found.call))
        }
    }
}
