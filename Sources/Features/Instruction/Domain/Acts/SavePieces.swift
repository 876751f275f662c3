import Exchange
import Forms
import Storage

/// Writes the answer to a request while it may be: the questions it reopens and nothing else (INST-14).
public struct SavePieces: Act {
    public static let right = "La personne qui porte la candidature, et celles qu’elle invite à écrire."

    public let request: PiecesRequest.ID
    public let version: Int
    /// As forms send them: see `FormFields`.
    public let fields: [URLEncodedForm.Field]
    public let shelf: CandidacyFormShelf

    public init(
        request: PiecesRequest.ID, version: Int, fields: [URLEncodedForm.Field], shelf: CandidacyFormShelf
    ) {
        self.request = request
        self.version = version
        self.fields = fields
        self.shelf = shelf
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try PiecesEditing(proceeding, request, shelf)
    }

    public func perform(_ proceeding: Proceeding) throws -> PiecesRequest {
        let editing = try PiecesEditing(proceeding, request, shelf)
        try editing.requireWritable(at: proceeding.now)
        guard version == editing.request.version else { throw Conflict(current: editing.request.version) }
        let base = editing.request.answers
        let reading: FormFields.Reading
        do throws(FormFields.TooHeavy) {
            reading = try FormFields.read(fields, form: editing.form, current: base)
        } catch {
            throw Problems("", error.message)
        }
        var problems = Problems()
        for refused in reading.refused { problems.add(refused.field, refused.message) }
        try problems.throwIfAny()
        var saved = editing.request
        for change in reading.changes {
            // Documents come by their own door.
            if case .attachment = editing.form.question(change.key)?.kind { continue }
            saved.answers[change.key] = try AnswerCommunes.recognised(
                change.value, former: base[change.key], proceeding.writer)
        }
        proceeding.concerns(saved.candidacy)
        guard saved.answers != base else { return saved }
        try PiecesRequestStore.update(saved, at: version, proceeding.writer)
        saved.version = version + 1
        proceeding.note("request", saved.id.text)
        return saved
    }
}
