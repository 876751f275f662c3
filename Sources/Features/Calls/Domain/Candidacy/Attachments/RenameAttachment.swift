import Storage

/// Gives a document of a draft another name. Its end follows its bytes; what was deposited keeps the name it had.
public struct RenameAttachment: Act {
    public static let right = AttachFiles.right

    public let candidacy: Candidacy.ID
    public let file: CandidacyFile.ID
    public let name: String
    public let shelf: CandidacyFormShelf

    public init(candidacy: Candidacy.ID, file: CandidacyFile.ID, name: String, shelf: CandidacyFormShelf) {
        self.candidacy = candidacy
        self.file = file
        self.name = name
        self.shelf = shelf
    }

    public func authorize(_ proceeding: Proceeding) throws {
        let editing = try AttachmentEditing(proceeding, candidacy, holding: file, shelf)
        try editing.requireWriter(of: try editing.attached(file).question)
    }

    /// Throws `Problems` under `nom`.
    public func perform(_ proceeding: Proceeding) throws -> CandidacyFile {
        let editing = try AttachmentEditing(proceeding, candidacy, holding: file, shelf)
        try editing.requireEditable()
        var found = try editing.attached(file)
        guard !TextForm.oneLine(name).isEmpty else { throw Problems("nom", "Écrivez un nom pour ce document.") }
        let clean = AttachmentName.clean(name, found.family.document)
        guard clean != found.name else {
            proceeding.concerns(editing.candidacy.id)
            return found
        }
        found.name = clean
        var answer = editing.answered(found.question)
        for place in answer.indices where answer[place].id == found.id.text { answer[place].name = clean }
        try CandidacyFileStore.rename(found.id, to: clean, proceeding.writer)
        _ = try editing.save(answer, to: try editing.asked(found.question))
        proceeding.note("file", found.id.text)
        return found
    }
}
