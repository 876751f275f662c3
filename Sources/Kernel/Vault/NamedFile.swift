import Storage

/// A file of the vault as a row names it.
public struct NamedFile: Sendable, Hashable {
    public let digest: FileDigest
    /// As the row says, in bytes.
    public let size: Int
    /// The row, as `Invariant.row` writes it.
    public let row: String

    public init(digest: FileDigest, size: Int, row: String) {
        self.digest = digest
        self.size = size
        self.row = row
    }

    /// Of a row's identifier, digest and size; nil when the digest is none, which the schema does not let be.
    public static func read(_ row: Row, of table: String) throws -> (id: Int64, file: NamedFile)? {
        let id = try row.int(0)
        guard let digest = FileDigest(text: try row.text(1)) else { return nil }
        return (id, NamedFile(digest: digest, size: Int(try row.int(2)), row: Invariant.row(table, id)))
    }
}
