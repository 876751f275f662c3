/// The tree hash of RFC 6962, § 2.1 (RFC 9162, § 2.1): SHA-256, leaves and nodes told apart by a first byte.
public struct MerkleTree: Sendable {
    /// Hashes of the leaves, in order.
    private let leaves: [Fingerprint]

    /// A tree over these contents.
    public init(contents: some Sequence<[UInt8]>) {
        leaves = contents.map(Self.leaf)
    }

    public init(leaves: [Fingerprint]) {
        self.leaves = leaves
    }

    public var count: Int { leaves.count }

    /// The hash of the whole; that of nothing for an empty tree.
    public var root: Fingerprint { Self.hash(leaves[...]) }

    /// What shows that a leaf is under the root: the hashes to join, from the leaf up. Nil when there is no such leaf.
    public func proof(of index: Int) -> [Fingerprint]? {
        guard leaves.indices.contains(index) else { return nil }
        return Self.path(index, leaves[...])
    }

    /// Whether a proof leads from a leaf to a root (RFC 9162, § 2.1.3.2).
    public static func verify(
        leaf: Fingerprint, index: Int, count: Int, proof: [Fingerprint], root: Fingerprint
    ) -> Bool {
        guard index >= 0, index < count else { return false }
        var place = index
        var last = count - 1
        var hash = leaf
        for step in proof {
            guard last > 0 else { return false }
            if place & 1 == 1 || place == last {
                hash = node(step, hash)
                while place & 1 == 0, place != 0 {
                    place >>= 1
                    last >>= 1
                }
            } else {
                hash = node(hash, step)
            }
            place >>= 1
            last >>= 1
        }
        return last == 0 && hash == root
    }

    /// The hash of a leaf.
    public static func leaf(_ content: [UInt8]) -> Fingerprint { Fingerprint(of: [0x00] + content) }

    static func node(_ left: Fingerprint, _ right: Fingerprint) -> Fingerprint {
        Fingerprint(of: [0x01] + left.bytes + right.bytes)
    }

    private static func hash(_ leaves: ArraySlice<Fingerprint>) -> Fingerprint {
        guard let first = leaves.first else { return Fingerprint(of: []) }
        guard leaves.count > 1 else { return first }
        let middle = leaves.startIndex + split(leaves.count)
        return node(hash(leaves[..<middle]), hash(leaves[middle...]))
    }

    private static func path(_ index: Int, _ leaves: ArraySlice<Fingerprint>) -> [Fingerprint] {
        guard leaves.count > 1 else { return [] }
        let size = split(leaves.count)
        let middle = leaves.startIndex + size
        return index < size
            ? path(index, leaves[..<middle]) + [hash(leaves[middle...])]
            : path(index - size, leaves[middle...]) + [hash(leaves[..<middle])]
    }

    /// The largest power of two below a count of two or more.
    private static func split(_ count: Int) -> Int {
        var size = 1
        while size << 1 < count { size <<= 1 }
        return size
    }
}
