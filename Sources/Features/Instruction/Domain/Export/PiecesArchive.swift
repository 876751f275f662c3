import Exchange
import Storage

/// Every document of some dossiers as one ZIP file, which is never written whole: see `ZIPPlan`. A folder per dossier; first a text
/// that says what is there and what is not, and a list with the digest of each file.
///
/// The same dossiers give the same bytes under the same `tag`, so that a download cut short goes on where it stopped.
public struct PiecesArchive: Sendable {
    public let plan: ZIPPlan
    /// Names these very bytes.
    public let tag: String
    /// Documents that are inside, and those that are not.
    public let files: Int
    public let left: Int

    fileprivate enum Content: Sendable {
        case bytes([UInt8])
        case file(FileDigest)
    }

    private let contents: [Content]

    /// - Parameter isScanned: there is a scanner: only what it found clean is given (ATT-12).
    public static func of(
        _ query: InstructionQuery, _ principal: Principal, at now: Instant, shelf: CandidacyFormShelf, isScanned: Bool,
        vault: FileVault, _ database: Database
    ) async throws -> PiecesArchive {
        var batches = DossierBatches(database, query, principal, at: now, shelf: shelf, readsAnswers: false)
        var drawing = PiecesDrawing(hasOneCall: query.call != nil)
        while let lines = try await batches.next() {
            let found = try await database.scan { reader in
                let files = try DossierFile.of(lines, at: now, reader)
                let scans = try isScanned ? FileScanStore.scans(of: files.map(\.file.digest), reader) : nil
                return (files, scans)
            }
            let sizes = try await vault.sizes(of: found.0.map(\.file.digest))
            drawing.add(found.0, of: lines, scans: found.1, sizes: sizes)
        }
        return try PiecesArchive(drawing)
    }

    private init(_ drawing: PiecesDrawing) throws {
        let texts: [(name: String, bytes: [UInt8])] = [
            ("LISEZ-MOI.txt", Array(drawing.words.utf8)), ("liste.csv", drawing.list),
        ]
        var items = texts.map { ZIPPlan.Item($0.name, size: $0.bytes.count, modified: drawing.latest.seconds) }
        var contents = texts.map { Content.bytes($0.bytes) }
        var hash = RunningDigest()
        for text in texts { hash.update(text.bytes) }
        for entry in drawing.entries {
            items.append(ZIPPlan.Item(entry.name, size: entry.size, modified: entry.modified))
            contents.append(.file(entry.digest))
        }
        plan = try ZIPPlan(items)
        // The list names each file with its place, its size and its digest; only their dates are not in it.
        for entry in drawing.entries { hash.update(Array("\(entry.modified) ".utf8)) }
        tag = String(hash.digest.text.prefix(32))
        self.contents = contents
        files = drawing.entries.count
        left = drawing.left
    }

    /// The bytes of a part of the file.
    public func pieces(
        from range: Range<Int>, vault: FileVault, checksums: FileChecksums
    ) -> ZIPPieces<PiecesSource> {
        plan.pieces(from: range, of: PiecesSource(contents: contents, vault: vault, checksums: checksums))
    }
}

/// Gives the documents of an archive out of the vault.
public struct PiecesSource: ZIPSource {
    fileprivate let contents: [PiecesArchive.Content]
    let vault: FileVault
    let checksums: FileChecksums

    public func checksum(of item: Int) async throws -> UInt32 {
        switch contents[item] {
        case .bytes(let bytes):
            var checksum = CRC32()
            checksum.update(bytes)
            return checksum.value
        case .file(let file): return try await checksums.checksum(of: file)
        }
    }

    public func content(of item: Int, from offset: Int) async throws -> PiecesContent {
        switch contents[item] {
        case .bytes(let bytes): return PiecesContent(reading: nil, bytes: Array(bytes.dropFirst(offset)))
        case .file(let file):
            guard let reading = try await vault.open(file) else { throw FileVault.lost(file) }
            if offset > 0 { try await reading.go(to: offset) }
            return PiecesContent(reading: reading, bytes: [])
        }
    }
}

/// A document, or a text of the archive itself.
public struct PiecesContent: ZIPContent {
    let reading: VaultReading?
    let bytes: [UInt8]

    public func next() async throws -> [UInt8]? {
        guard let reading else { return bytes }
        return try await reading.next()
    }
}
