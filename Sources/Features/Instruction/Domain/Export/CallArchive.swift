import Exchange
import Storage

/// A whole call as one file that is read in a browser without the platform: its règlement and forms, and for each dossier a page, the
/// deposit, its receipt and its documents; with the keys that verify the receipts, and a list for the program that reads it back
/// (`CallArchiveManifest`). Written while it is sent.
///
/// Of a dossier that is not open to the reader yet, only the line is there.
public struct CallArchive: Sendable {
    /// A dossier, as its page and the list need it.
    public struct Dossier: Sendable {
        public let line: DossierLine
        /// The folder of the archive in which its page is.
        public let folder: String
        /// What is beside its page: names to show, and paths from the page.
        public let documents: [(name: String, path: String)]
        /// Documents that came after the deposit.
        public let additions: [CandidacyFile]
        /// Documents that are not there, and why: the scanner holds them back, or the server lost them.
        public let absent: [CallArchiveManifest.Absent]
    }

    /// What is kept of a dossier for the list, once its folder is written.
    public struct Entry: Sendable {
        public let folder: String
        public let number: Int
        public let name: String
        public let structure: String
        public let arrival: Instant
        public let state: InstructionState
        /// Documents that are not there.
        public let absent: Int
    }

    /// How the pages are written.
    public struct Pages: Sendable {
        /// `index.html`.
        public var index: @Sendable (_ entries: [Entry], _ texts: [String]) -> [UInt8]
        public var dossier: @Sendable (Dossier) -> [UInt8]

        public init(
            index: @escaping @Sendable (_ entries: [Entry], _ texts: [String]) -> [UInt8],
            dossier: @escaping @Sendable (Dossier) -> [UInt8]
        ) {
            self.index = index
            self.dossier = dossier
        }
    }

    let call: Call
    let batches: DossierBatches
    let keys: [ReceiptPublicKey]
    let isScanned: Bool
    let now: Instant
    let head: LetterHead
    let vault: FileVault
    let database: Database
    let others: [(name: String, bytes: [UInt8])]
    let pages: Pages

    /// - Parameters:
    ///   - batches: the dossiers of the call, with their answers.
    ///   - others: files of other rooms, at its top.
    ///   - isScanned: there is a scanner: only what it found clean is given (ATT-12).
    ///   - head: names the network that makes it.
    public init(
        _ call: Call, _ batches: DossierBatches, keys: [ReceiptPublicKey], isScanned: Bool, at now: Instant,
        head: LetterHead, vault: FileVault, _ database: Database, others: [(name: String, bytes: [UInt8])],
        pages: Pages
    ) {
        self.call = call
        self.batches = batches
        self.keys = keys
        self.isScanned = isScanned
        self.now = now
        self.head = head
        self.vault = vault
        self.database = database
        self.others = others
        self.pages = pages
    }

    /// Hands the file over, piece by piece.
    public func write(_ send: (_ bytes: [UInt8]) async throws -> Void) async throws {
        let zip = ZIPWriter()
        var manifest = CallArchiveManifest(
            network: ArchiveText.made(of: head.networkName), address: ArchiveText.made(of: head.baseURL), madeAt: now,
            call: call.id.text, slug: call.slug, title: ArchiveText.made(of: call.title),
            organiser: ArchiveText.made(of: call.settings.identity.organiser))
        for text in try await database.read({ try callTexts($0) }) + others {
            try zip.add(text.name, text.bytes, modified: now.seconds)
            manifest.files.append(.init(.text, text.name, text.bytes))
        }
        try await send(zip.take())
        var drawing = PiecesDrawing(hasOneCall: true)
        var list: [Entry] = []
        var batches = batches
        while let lines = try await batches.next() {
            let read = try await read(lines)
            for line in lines {
                let (entry, dossier) = try await add(line, read, &drawing, to: zip, send)
                list.append(entry)
                manifest.dossiers.append(dossier)
                try await send(zip.take())
            }
        }
        let texts = manifest.files.map(\.path) + ["documents.csv"]
        try zip.add("documents.csv", drawing.list, modified: now.seconds)
        manifest.files.append(.init(.text, "documents.csv", drawing.list))
        let index = pages.index(list, texts + [CallArchiveManifest.name])
        try zip.add("index.html", index, modified: now.seconds)
        manifest.files.append(.init(.page, "index.html", index))
        try zip.add(CallArchiveManifest.name, manifest.bytes, modified: now.seconds)
        try zip.finish()
        try await send(zip.take())
    }

    private func callTexts(_ reader: Reader) throws -> [(name: String, bytes: [UInt8])] {
        var texts: [(name: String, bytes: [UInt8])] = []
        if let rules = try CallRulesStore.rules(of: call.id, reader) {
            texts.append(("reglement-v\(rules.version).txt", Array(rules.text.utf8)))
        }
        for form in try CallFormStore.versions(of: call.id, reader) {
            let stem = form.maturity.isEmpty ? "formulaire" : "formulaire-" + form.maturity
            texts.append(("formulaires/\(PiecesDrawing.safe(stem))-v\(form.version).json", Array(form.definition.utf8)))
        }
        return texts + [(CallArchiveReading.keyList, ReceiptPublicKey.listBytes(keys))]
    }

    /// What is read for a page of dossiers at once.
    private struct Read: Sendable {
        var files: [Candidacy.ID: [DossierFile]]
        var scans: [FileDigest: FileScan]?
        var sizes: [FileDigest: Int]
        var receipts: [CandidacyDeposit.ID: [UInt8]]
    }

    private func read(_ lines: [DossierLine]) async throws -> Read {
        let (now, isScanned) = (now, isScanned)
        let (files, scans, receipts) = try await database.scan { reader in
            let files = try DossierFile.of(lines, at: now, reader)
            return (
                files, try isScanned ? FileScanStore.scans(of: files.map(\.file.digest), reader) : nil,
                try ReceiptStore.files(of: lines.filter(\.isOpen).map(\.deposit.id), reader)
            )
        }
        return Read(
            files: Dictionary(grouping: files) { $0.line.candidacy.id }, scans: scans,
            sizes: try await vault.sizes(of: files.map(\.file.digest)), receipts: receipts)
    }

    /// Writes the folder of a dossier.
    private func add(
        _ line: DossierLine, _ read: Read, _ drawing: inout PiecesDrawing, to zip: ZIPWriter,
        _ send: (_ bytes: [UInt8]) async throws -> Void
    ) async throws -> (Entry, CallArchiveManifest.Dossier) {
        let folder = drawing.folder(of: line)
        let files = read.files[line.candidacy.id] ?? []
        let start = (drawing.entries.count, drawing.absent.count)
        drawing.add(files, of: [line], scans: read.scans, sizes: read.sizes)
        let entries = drawing.entries[start.0...]
        let absent = Array(drawing.absent[start.1...])
        var listed: [CallArchiveManifest.File] = []
        var documents: [(name: String, path: String)] = []
        if line.isOpen {
            let modified = line.deposit.arrival.seconds
            func put(_ kind: CallArchiveManifest.File.Kind, _ name: String, _ bytes: [UInt8], _ words: String) throws {
                try zip.add("\(folder)/\(name)", bytes, modified: modified)
                listed.append(.init(kind, "\(folder)/\(name)", bytes))
                documents.append((words, name))
            }
            try put(.deposit, "depot.json", Array(line.deposit.snapshot.utf8), "Ce qui a été déposé, en JSON")
            if let receipt = read.receipts[line.deposit.id] {
                try put(.receipt, "recepisse.json", receipt, "Le récépissé signé")
            }
        }
        for entry in entries {
            try await add(entry, to: zip, send)
            listed.append(
                .init(
                    .document, entry.name, size: entry.size, digest: entry.digest,
                    name: ArchiveText.made(of: entry.original), question: ArchiveText.made(of: entry.question),
                    isAddition: entry.isAddition))
            let path = String(entry.name.dropFirst(folder.count + 1))
            documents.append((path, path))
        }
        let page = pages.dossier(
            Dossier(
                line: line, folder: folder, documents: documents, additions: files.filter(\.isAddition).map(\.file),
                absent: absent))
        try zip.add("\(folder)/index.html", page, modified: now.seconds)
        listed.append(.init(.page, "\(folder)/index.html", page))
        return (
            Entry(
                folder: folder, number: line.deposit.number, name: line.candidacy.name,
                structure: line.candidacy.structure, arrival: line.deposit.arrival, state: line.instruction.state,
                absent: absent.count), manifest(of: line, folder, listed, absent)
        )
    }

    private func manifest(
        of line: DossierLine, _ folder: String, _ files: [CallArchiveManifest.File],
        _ absent: [CallArchiveManifest.Absent]
    ) -> CallArchiveManifest.Dossier {
        CallArchiveManifest.Dossier(
            number: line.deposit.number, folder: folder, candidacy: line.candidacy.id.text,
            name: ArchiveText.made(of: line.candidacy.name),
            structure: ArchiveText.made(of: line.candidacy.structure),
            depositor: ArchiveText.made(of: line.depositor), channel: line.candidacy.channel,
            arrival: line.deposit.arrival, closesAt: line.deposit.closesAt, state: line.instruction.state.rawValue,
            stateLabel: line.instruction.state.label, isOpen: line.isOpen, files: files, absent: absent)
    }

    private func add(
        _ entry: PiecesDrawing.Entry, to zip: ZIPWriter, _ send: (_ bytes: [UInt8]) async throws -> Void
    ) async throws {
        guard let reading = try await vault.open(entry.digest) else { throw FileVault.lost(entry.digest) }
        // Photographs, PDF and office files are compressed already.
        try zip.begin(entry.name, modified: entry.modified, method: .store)
        while let piece = try await reading.next() {
            try zip.write(piece)
            try await send(zip.take())
        }
        try zip.end()
    }
}
