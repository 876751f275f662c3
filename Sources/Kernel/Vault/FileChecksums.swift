import Exchange
import Synchronization

/// The CRC-32 of files of the vault, computed when it is first asked for and kept in memory: a file never changes under its digest.
public final class FileChecksums: Sendable {
    private let vault: FileVault
    private let kept = Mutex<[FileDigest: UInt32]>([:])
    private let capacity = 400_000

    public init(vault: FileVault) {
        self.vault = vault
    }

    /// Throws `StorageError.unavailable` when the vault does not hold the file.
    public func checksum(of file: FileDigest) async throws -> UInt32 {
        if let known = kept.withLock({ $0[file] }) { return known }
        guard let reading = try await vault.open(file) else { throw FileVault.lost(file) }
        var checksum = CRC32()
        while let piece = try await reading.next() { checksum.update(piece) }
        let value = checksum.value
        kept.withLock { kept in
            if kept.count >= capacity { kept.removeAll() }
            kept[file] = value
        }
        return value
    }
}
