/// The address asked for: its length, and its query decoded strictly.
enum TargetDoor {
    static func enter(_ visit: inout Visit) throws {
        guard visit.target.utf8.count <= visit.reception.limits.target else { throw DoorRefusal.longTarget }
        let bytes = visit.target.utf8
        guard let mark = bytes.firstIndex(of: UInt8(ascii: "?")) else { return }
        visit.query = try Fields(urlencoded: bytes[bytes.index(after: mark)...])
    }
}
