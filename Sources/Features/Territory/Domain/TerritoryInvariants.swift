import Storage

/// What must hold of the official geography.
public enum TerritoryInvariants {
    public static let all: [Invariant] = [
        Invariant("communes.search", "A commune is found by its name: the key it is searched by is that of its name.") {
            reader, tell in
            var count = 0
            var key: [UInt8] = []
            try reader.each("SELECT code, name, name_key FROM commune ORDER BY code") { row in
                count += 1
                key.removeAll(keepingCapacity: true)
                CommuneKey.append(try row.text(1), to: &key)
                let isSame = try row.withText(2) { $0.elementsEqual(key) }
                if !isSame { tell("commune \(try row.text(0)): it is searched by “\(try row.text(2))”") }
                return true
            }
            return count
        }
    ]
}
