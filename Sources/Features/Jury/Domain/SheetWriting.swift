import Exchange
import Storage

/// What a juror typed on a sheet, read.
public struct SheetEntry: Sendable, Equatable {
    public var notes: [JuryNote]
    public var isAbstained: Bool
    public var comment: String

    public init(notes: [JuryNote], isAbstained: Bool = false, comment: String = "") {
        self.notes = notes
        self.isAbstained = isAbstained
        self.comment = comment
    }
}

/// What saving and finishing a sheet share.
struct SheetWriting {
    let proceeding: Proceeding

    func write(
        _ call: Call.ID, _ wave: CallWave.ID?, _ candidacy: Candidacy.ID, _ version: Int, _ entry: SheetEntry,
        _ event: SheetState.Event
    ) throws -> JurySheet {
        let (editing, writer, now) = (JuryEditing(proceeding: proceeding), proceeding.writer, proceeding.now)
        let (access, member) = try editing.seat(call, wave)
        let jury = try access.existing()
        _ = try editing.readable(candidacy, by: member, access, jury)
        _ = try editing.jury(access, in: [.reading, .session])
        let former = try JurySheetStore.sheet(of: member.id, on: candidacy, writer)
        guard let state = SheetState.after(event, from: former?.state) else {
            throw Problems("", "Votre fiche est définitive. La présidence du jury peut la rouvrir.")
        }
        // Once notes are open, a sheet is written again at the chair's word only: nobody notes after having read the others.
        if let revealed = jury.revealedAt {
            guard let reopened = former?.reopenedAt, reopened >= revealed else {
                throw Problems(
                    "", "La séance a ouvert les notes\u{202F}: une fiche qui n’était pas définitive ne compte plus.")
            }
        }
        guard (former?.version ?? 0) == version else { throw Conflict(current: former?.version ?? 0) }
        let clean = try checked(entry, jury.settings.criteria, isFinal: event == .finish)
        var sheet = JurySheet(
            id: former?.id ?? proceeding.newIdentifier(), jury: jury.id, call: call, member: member.id,
            candidacy: candidacy,
            state: state, version: version + 1, isAbstained: clean.isAbstained, notes: clean.notes,
            comment: clean.comment, savedAt: now, finishedAt: nil, reopenedAt: former?.reopenedAt, salt: "",
            commitment: "")
        if state == .locked {
            sheet.finishedAt = now
            sheet.salt = Fingerprint(bytes: proceeding.surroundings.secret(32))?.text ?? ""
            sheet.commitment = try JuryCommitment.seal(of: sheet)
        }
        if former == nil {
            try JurySheetStore.insert(sheet, writer)
        } else {
            try JurySheetStore.update(sheet, at: version, writer)
        }
        proceeding.concerns(call)
        proceeding.note("sheet", sheet.id.text)
        proceeding.note("version", String(sheet.version))
        return sheet
    }

    /// JURY-4: notes on the scale, nothing that is not of the grid; all of it when the sheet is final.
    private func checked(_ entry: SheetEntry, _ criteria: [JuryCriterion], isFinal: Bool) throws -> SheetEntry {
        var problems = Problems()
        var clean = entry
        clean.comment = CallText.long(entry.comment, "commentaire", limit: 10_000, &problems)
        clean.notes = criteria.map { criterion in
            var note = entry.notes.first { $0.criterion == criterion.code } ?? JuryNote(criterion.code, nil)
            note.comment = CallText.long(note.comment, "commentaire." + criterion.code, limit: 5_000, &problems)
            if let value = note.note, !(0...criterion.maximum).contains(value) {
                problems.add(
                    "note." + criterion.code, "«\u{A0}\(criterion.label)\u{A0}» se note de 0 à \(criterion.maximum).")
            }
            if isFinal, !entry.isAbstained, note.isConcerned, note.note == nil {
                problems.add(
                    "note." + criterion.code,
                    "Notez «\u{A0}\(criterion.label)\u{A0}», ou dites qu’il ne concerne pas ce dossier.")
            }
            return note
        }
        if isFinal, !entry.isAbstained, problems.isEmpty,
            !criteria.contains(where: { criterion in
                criterion.weight > 0 && clean.notes.contains { $0.criterion == criterion.code && $0.note != nil }
            })
        {
            problems.add(
                "", "Aucun critère qui pèse ne concerne ce dossier\u{202F}: dites plutôt que vous vous abstenez.")
        }
        try problems.throwIfAny()
        return clean
    }
}
