import Storage

/// What the acts of instruction share: finding the dossier with the rights of the one who acts, and moving its state.
struct InstructionEditing {
    let proceeding: Proceeding

    private var writer: Writer { proceeding.writer }

    /// The call, if the one who acts instructs it; `Missing` for all others, as for a call that never was.
    func kept(_ id: Call.ID) throws -> Call {
        guard let call = try CallStore.any(id, writer) else { throw Missing() }
        try requireInstructor(of: id)
        return call
    }

    /// The dossier with its candidacy and its call, if the one who acts instructs it; `Missing` for all others, for a draft and
    /// before the limit (INST-3).
    func found(_ id: Candidacy.ID) throws -> Found {
        guard let instruction = try InstructionStore.any(id, writer) else { throw Missing() }
        try requireInstructor(of: instruction.call)
        guard let candidacy = try CandidacyStore.any(id, writer), let call = try CallStore.any(instruction.call, writer)
        else { throw Missing() }
        return Found(instruction: instruction, candidacy: candidacy, call: call)
    }

    struct Found {
        let instruction: Instruction
        let candidacy: Candidacy
        let call: Call
    }

    private func requireInstructor(of call: Call.ID) throws {
        let principal = proceeding.principal
        let isTeam = try CallTeamStore.belongs(principal, to: call, writer)
        guard InstructionRights.maySee(principal, isTeam: isTeam) else { throw Missing() }
        guard InstructionRights.mayInstruct(principal, isTeam: isTeam) else {
            throw Denied("Cela revient à une personne de l’équipe de l’appel.")
        }
    }

    /// The dossier moved by an event. Throws `Problems` when the table refuses it, `Conflict` when it is not at the version that
    /// was shown.
    func moved(_ instruction: Instruction, by event: InstructionState.Event, shown version: Int?) throws -> Instruction
    {
        if let version, version != instruction.version { throw Conflict(current: instruction.version) }
        guard let state = instruction.state.after(event) else {
            throw Problems("", Self.refusal(of: event, in: instruction.state))
        }
        var moved = instruction
        moved.state = state
        moved.updatedAt = proceeding.now
        return moved
    }

    /// Writes the dossier, names it to the journal and adds what happened to its own history.
    func write(
        _ instruction: Instruction, replacing former: Instruction, _ kind: InstructionEvent.Kind,
        account: Account.ID? = nil, words: String = ""
    ) throws {
        try InstructionStore.update(instruction, at: former.version, writer)
        try InstructionEventStore.add(kind, to: instruction.candidacy, account: account, words: words, proceeding)
        proceeding.about(instruction.candidacy)
        proceeding.note("event", kind.rawValue)
    }

    /// The addresses of those who read the letters of a candidate: its lead; nobody once their account is closed.
    func holderAddress(of candidacy: Candidacy) throws -> String? {
        try CandidacyEditing(proceeding: proceeding).holderAddress(of: candidacy)
    }

    static func refusal(of event: InstructionState.Event, in state: InstructionState) -> String {
        switch (state, event) {
        case (.incomplete, _):
            "Le candidat a jusqu’à la date donnée pour compléter\u{202F}: attendez sa réponse, ou retirez la demande."
        case (.withdrawn, _): "Cette candidature a été retirée par la personne qui la porte."
        case (_, .reopen): "Ce dossier n’a pas d’issue à reprendre."
        case (_, .comeBack): "Aucune demande n’attend de réponse ici."
        default: "Ce dossier est déjà \(state.label.lowercased())\u{202F}: rouvrez d’abord son instruction."
        }
    }
}
