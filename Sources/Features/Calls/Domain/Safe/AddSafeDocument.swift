import Exchange
import Forms
import Storage

/// Puts a document, whose bytes are in the vault, in the safe of a place; it may take the place of another.
public struct AddSafeDocument: Act {
    public static let right = "Les responsables du lieu, personne d’autre."

    public let place: Place.ID
    public let kind: SafeDocument.Kind?
    public let file: ReceivedFile?
    public let datedOn: CivilDate?
    public let validUntil: CivilDate?
    /// The document it replaces, which goes.
    public let replaced: SafeDocument.ID?

    public init(
        place: Place.ID, kind: SafeDocument.Kind?, file: ReceivedFile?, datedOn: CivilDate? = nil,
        validUntil: CivilDate? = nil, replacing replaced: SafeDocument.ID? = nil
    ) {
        self.place = place
        self.kind = kind
        self.file = file
        self.datedOn = datedOn
        self.validUntil = validUntil
        self.replaced = replaced
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try PlaceEditing(proceeding: proceeding).visible(place)
        guard SafeRights.keeps(proceeding.principal, place) else {
            throw Denied("Le coffre d’un lieu ne s’ouvre qu’aux personnes qui en répondent.")
        }
    }

    /// Throws `Problems` under `nature`, `fichier`, `date`, `validite`.
    public func perform(_ proceeding: Proceeding) throws -> SafeDocument {
        var problems = Problems()
        if kind == nil { problems.add("nature", "Dites ce qu’est ce document.") }
        if file == nil { problems.add("fichier", "Choisissez un document.") }
        SafeDates.check(datedOn, validUntil, at: proceeding.now, &problems)
        let replaced = try replaced.map { id in
            guard let found = try SafeDocumentStore.document(proceeding.principal, id, proceeding.writer),
                found.place == place
            else { throw Missing() }
            return found
        }
        try problems.throwIfAny()
        guard let kind, let file else { throw problems }
        if file.size > SafeLimits.longest {
            throw Problems("fichier", AttachmentWords.tooLong(file.name, limit: SafeLimits.longest))
        }
        let weight = try SafeDocumentStore.weight(of: place, proceeding.writer)
        guard weight.count - (replaced == nil ? 0 : 1) < SafeLimits.mostDocuments,
            weight.bytes - (replaced?.size ?? 0) + file.size <= SafeLimits.mostBytes
        else {
            throw Problems(
                "fichier",
                "Le coffre est plein (\(SafeLimits.mostDocuments) documents, "
                    + "\(AttachmentWords.size(SafeLimits.mostBytes)))\u{202F}: retirez ceux qui ne servent plus.")
        }
        if let account = proceeding.principal.account {
            try Throttle.take(
                [Throttle.Toll("document by account", Array(account.text.utf8), AttachmentLimits.allowance)],
                at: proceeding.now, proceeding.writer)
        }
        let document = SafeDocument(
            id: proceeding.newIdentifier(), place: place, kind: kind, name: file.name, family: file.family,
            size: file.size, digest: file.digest, datedOn: datedOn, validUntil: validUntil, addedAt: proceeding.now,
            addedBy: proceeding.principal.account)
        try SafeDocumentStore.insert(document, proceeding.writer)
        if let replaced { try SafeDocumentStore.remove(replaced.id, at: proceeding.now, proceeding.writer) }
        proceeding.concerns(place)
        proceeding.note("document", document.id.text)
        proceeding.note("kind", kind.rawValue)
        if let replaced { proceeding.note("replaced", replaced.id.text) }
        return document
    }
}

/// What is asked of the dates of a document. Pure.
enum SafeDates {
    static func check(_ datedOn: CivilDate?, _ validUntil: CivilDate?, at now: Instant, _ problems: inout Problems) {
        let today = CivilZone.paris.local(now.microseconds).date
        if let datedOn, datedOn > today { problems.add("date", "Cette date est dans l’avenir.") }
        if let datedOn, let validUntil, validUntil < datedOn {
            problems.add("validite", "La fin de validité vient après la date du document.")
        }
    }
}
