/// Erases the photos removed for longer than they can be put back (PHO-7). The vault's sweep then takes their files away.
public struct ForgetPhotos: Act {
    public static let right = "Le programme lui-même, chaque heure."

    public init() {}

    public func authorize(_ proceeding: Proceeding) throws {
        guard proceeding.principal.isHouse else { throw Missing() }
    }

    public func perform(_ proceeding: Proceeding) throws -> Int {
        let limit = proceeding.now - PlacePhoto.remembered
        return try PlacePhotoStore.erase(removedBefore: limit, proceeding.writer)
    }
}
