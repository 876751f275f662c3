/// A row of `place` whose documents have not been read yet: they are the work, and can be read elsewhere than where the row was.
struct StoredPlace: Sendable {
    let id: Place.ID
    let slug: String
    let state: String
    let visibility: String
    let facts: String
    let origins: String
    let version: Int
    let createdAt: Instant
    let updatedAt: Instant
    let verifiedAt: Instant?
    let mergedInto: Place.ID?

    /// Reads the documents. Throws when one of them is not what this program writes.
    func place() throws -> Place {
        Place(
            id: id, slug: slug, state: Place.State(rawValue: state) ?? .unpublished,
            visibility: Place.Visibility(rawValue: visibility) ?? .hidden, sheet: try Sheet(json: facts),
            origins: try Origins(json: origins), version: version, createdAt: createdAt, updatedAt: updatedAt,
            verifiedAt: verifiedAt, mergedInto: mergedInto)
    }
}
