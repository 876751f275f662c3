import Storage

/// Photos that were taken off a place, as the log of erasures lists them (BAK-8): in a network put back from an older backup they are
/// taken off again, and may be put back from the history for a month, like any other (PHO-7).
public enum PhotoErasure {
    public static let kind = ErasureKind("photo") { since, reader in
        try PlacePhotoStore.removed(since: since, reader).map {
            Erasure(kind: "photo", subject: $0.id.number, at: $0.at)
        }
    } erase: { erasure, proceeding in
        let id = PlacePhoto.ID(erasure.subject)
        guard var photo = try PlacePhotoStore.photo(id, proceeding.writer), photo.removedAt == nil,
            let place = try PlaceStore.any(photo.place, proceeding.writer)
        else { return false }
        // Taken off before the backup was made, it was put back since.
        let isKnown = try Journal.knows(
            of: place.id, noting: ("photo", id.text), in: erasure.at, proceeding.writer)
        guard !isKnown else { return false }
        photo.removedAt = proceeding.now
        try PlacePhotoStore.update(photo, proceeding.writer)
        try PhotoEditing(proceeding, again: place).record(photo, .photoRemoved, comment: photo.words.alternative)
        return true
    }
}
