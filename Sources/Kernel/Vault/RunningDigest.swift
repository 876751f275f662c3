import Crypto

/// A digest of bytes that come piece by piece.
struct RunningDigest {
    private var hash = SHA256()

    mutating func update(_ bytes: [UInt8]) {
        hash.update(data: bytes)
    }

    var digest: FileDigest { FileDigest(hash.finalize()) }
}
