/// Gives a place's page another readable address; the former one keeps leading to it.
public struct RenamePlaceAddress: Act {
    public static let right = "La personne responsable du lieu, la coordination."

    public let place: Place.ID
    public let slug: String

    public init(place: Place.ID, slug: String) {
        self.place = place
        self.slug = slug
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try PlaceEditing(proceeding: proceeding).managed(place)
    }

    public func perform(_ proceeding: Proceeding) throws -> String {
        let editing = PlaceEditing(proceeding: proceeding)
        let old = try editing.managed(place)
        let wanted = PlaceSlug.slug(of: slug)
        guard !Words.folded(slug).isEmpty else { throw Problems("adresse", "Écrivez au moins un mot.") }
        if wanted == old.slug { return wanted }
        guard try PlaceStore.isFree(wanted, for: place, proceeding.writer) else {
            throw Problems("adresse", "Cette adresse est déjà prise.")
        }
        var new = old
        new.slug = wanted
        try editing.write(new, replacing: old, kind: .state, comment: "\(old.slug) → \(wanted)")
        return wanted
    }
}
