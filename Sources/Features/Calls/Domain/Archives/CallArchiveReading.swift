import Exchange
import Storage

/// Verifies an archive to its last byte: every digest, every receipt with the answers and the documents it names, and that nothing
/// is missing that is not said to be. Keeps the files in a vault, when one is given.
public struct CallArchiveReading: Sendable {
    public let archive: CallArchiveFile
    let keys: [ReceiptPublicKey]
    let hasOwnKeys: Bool
    let vault: FileVault?

    public static let keyList = "cles-des-recepisses.json"

    /// Bytes of the longest text of a call and of the longest deposit: what is held in memory.
    static let longestText = 16 << 20

    /// - Parameters:
    ///   - keys: of the network that made it, taken from elsewhere; nil for those of the archive, which prove that it agrees with
    ///     itself and no more.
    ///   - vault: where the files are kept; nil to look only.
    public init(_ archive: CallArchiveFile, keys: [ReceiptPublicKey]?, vault: FileVault? = nil) throws {
        self.archive = archive
        self.vault = vault
        hasOwnKeys = keys == nil
        if let keys {
            self.keys = keys
            return
        }
        guard let file = archive.manifest.files.first(where: { $0.path == Self.keyList }),
            let bytes = archive.content(of: file, limit: 1 << 20), let list = ReceiptPublicKey.list(reading: bytes)
        else { throw CallArchiveProblem("\(Self.keyList) is missing or damaged: no receipt can be verified") }
        self.keys = list
    }

    /// Reads everything.
    ///
    /// - Throws: `CallArchiveProblem` when what the whole call rests on is damaged; what the vault throws.
    public func run(
        isDryRun: Bool = false, progress: (_ done: Int, _ of: Int) -> Void = { _, _ in }
    ) async throws -> CallArchiveReport {
        let manifest = archive.manifest
        var report = CallArchiveReport(
            file: archive.path, manifest: manifest, keys: keys.map(\.id), hasOwnKeys: hasOwnKeys, isDryRun: isDryRun)
        for file in manifest.files {
            guard try await isWhole(file) else {
                throw CallArchiveProblem("\(ArchiveText.shown(file.path)) is not the file that the list names")
            }
            report.files += 1
        }
        let verifier = ReceiptVerifier(keys: keys)
        for (place, dossier) in manifest.dossiers.enumerated() {
            let fault = try await fault(of: dossier, verifier)
            if fault == nil { report.files += dossier.files.count }
            report.lines.append(
                CallArchiveReport.Line(
                    number: dossier.number, folder: ArchiveText.shown(dossier.folder),
                    outcome: fault.map { .refused($0) } ?? .sound,
                    absent: fault == nil ? dossier.absent.count : 0))
            progress(place + 1, manifest.dossiers.count)
        }
        return report
    }

    /// Why a dossier is not taken; nil when everything of it holds.
    private func fault(of dossier: CallArchiveManifest.Dossier, _ verifier: ReceiptVerifier) async throws -> String? {
        guard dossier.isOpen else { return "not open when the archive was made: nothing of it is there" }
        for file in dossier.files {
            guard try await isWhole(file) else {
                return "\(ArchiveText.shown(file.path)) is not the file that the list names"
            }
        }
        guard let deposit = dossier.files.first(where: { $0.kind == .deposit }) else { return "no deposit" }
        guard let file = dossier.files.first(where: { $0.kind == .receipt }) else { return "no receipt" }
        guard let bytes = archive.content(of: file, limit: Receipt.longest + 1_024) else {
            return "too long to be a receipt"
        }
        guard deposit.size <= Self.longestText else { return "the deposit is too long" }
        return receiptFault(bytes, of: dossier, deposit: deposit, verifier)
    }

    private func receiptFault(
        _ bytes: [UInt8], of dossier: CallArchiveManifest.Dossier, deposit: CallArchiveManifest.File,
        _ verifier: ReceiptVerifier
    ) -> String? {
        let documents = dossier.files.filter { $0.kind == .document && !$0.isAddition }
        let shown = ([deposit] + documents).compactMap { file in
            Fingerprint(text: file.digest.text).map {
                ReceiptVerifier.Candidate(name: ArchiveText.shown(file.path), size: file.size, fingerprint: $0)
            }
        }
        let found = verifier.verify(bytes, files: shown)
        if let fault = found.fault { return "receipt: \(fault.line)" }
        guard let receipt = found.signed?.receipt else { return "receipt: not a receipt" }
        guard receipt.answersFingerprint.text == deposit.digest.text else {
            return "the deposit is not the one its receipt was given for"
        }
        let manifest = archive.manifest
        guard receipt.number == dossier.number, receipt.candidacy == dossier.candidacy,
            receipt.arrival == dossier.arrival, receipt.channel == dossier.channel,
            receipt.call.slug == manifest.slug
        else { return "the list and the receipt do not say the same of it" }
        let known = Set((documents.map(\.digest) + dossier.absent.map(\.digest)).map(\.text))
        if let lost = receipt.files.first(where: { !known.contains($0.fingerprint.text) }) {
            return "\(ArchiveText.shown(lost.name)) of its receipt is neither there nor said to be absent"
        }
        return nil
    }

    /// Compares a file with the list, and keeps it when there is a vault: a page says nothing that is not elsewhere.
    private func isWhole(_ file: CallArchiveManifest.File) async throws -> Bool {
        guard let vault, file.kind != .page else { return try await archive.isWhole(file) }
        let incoming = try await vault.receive(limit: file.size)
        do {
            guard try await archive.isWhole(file, { try await incoming.write($0) }) else {
                await incoming.discard()
                return false
            }
            _ = try await incoming.keep()
            return true
        } catch is FileTooLong {
            return false
        } catch {
            await incoming.discard()
            throw error
        }
    }
}
