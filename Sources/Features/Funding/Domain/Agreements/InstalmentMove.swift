/// An instalment on its way from one state to the next, with the agreement and the line it belongs to.
struct InstalmentMove {
    let former: Instalment.State
    /// As it will be written, in its next state.
    var instalment: Instalment
    let agreement: Agreement
    let line: FundingLine
}

extension AgreementEditing {
    /// The instalment after an event, for those who keep its line; `Problems` when it cannot happen now.
    func moving(_ id: Instalment.ID, by event: Instalment.State.Event) throws -> InstalmentMove {
        var (instalment, agreement, line) = try kept(id)
        guard agreement.activeVersion > 0, instalment.version == agreement.activeVersion else {
            throw Problems("", "Cette échéance n’est pas de la version en vigueur de la convention.")
        }
        let former = instalment.state
        guard let next = former.after(event) else {
            throw Problems("", "Cette échéance est «\u{A0}\(former.label)\u{A0}»\u{202F}: cela ne se peut plus.")
        }
        instalment.state = next
        return InstalmentMove(former: former, instalment: instalment, agreement: agreement, line: line)
    }

    /// Writes the instalment as the move leaves it.
    func write(_ move: InstalmentMove) throws {
        try InstalmentStore.update(move.instalment, from: move.former, at: proceeding.now, proceeding.writer)
    }

    /// The same, and the history of the line says it.
    func write(_ move: InstalmentMove, telling kind: String, words: String) throws {
        try write(move)
        try funding.tell(kind, amount: move.instalment.amount, words: words, of: move.line)
    }
}
