import Exchange
import Forms
import Maillage

/// A form with documents while it arrives: its words in memory, each document on the disk, looked at as soon as it is whole.
/// However large they are, what is held in memory is not.
struct DocumentArrival {
    /// Documents that are in the vault, in the order they came.
    private(set) var kept: [ReceivedFile] = []
    /// What was not taken, in sentences for people.
    private(set) var refusals: [String] = []
    private let intake: AttachmentIntake
    private let accepted: [FileFamily]
    /// Bytes of one document.
    private let longest: Int
    private let mostFiles: Int
    /// Bytes that may still be kept.
    private var room: Int
    private var found: [Fields.Field] = []
    private var current: Coming?

    private struct Coming {
        let name: String
        /// Nil until its first byte comes, and once it is refused.
        var file: IncomingFile?
        var isRefused = false
    }

    init(_ intake: AttachmentIntake, accepted: [FileFamily], longest: Int, mostFiles: Int, room: Int) {
        self.intake = intake
        self.accepted = accepted
        self.longest = longest
        self.mostFiles = mostFiles
        self.room = room
    }

    var fields: Fields { Fields(found) }

    mutating func take(_ event: MultipartEvent) async throws {
        switch event {
        case .field(let name, let value):
            if found.count < 50 { found.append(Fields.Field(name: name, value: PercentDecoding.composed(value))) }
        case .fileBegan(let file):
            current = Coming(name: file.name)
        case .fileBytes(let bytes): try await take(bytes)
        case .fileEnded: try await end()
        case .finished: break
        }
    }

    /// Removes what has not been kept. To be called in every case.
    func discard() async {
        await current?.file?.discard()
    }

    private mutating func take(_ bytes: [UInt8]) async throws {
        guard let coming = current, !coming.isRefused else { return }
        guard kept.count < mostFiles else {
            return refuse(
                "\(AttachmentWords.quoted(coming.name)) est de trop\u{202F}: "
                    + "\(Format.count(mostFiles, "document", "documents")) au plus ici.")
        }
        do {
            if let file = coming.file {
                try await file.write(bytes)
            } else {
                let file = try await intake.receive(limit: min(longest, room))
                current?.file = file
                try await file.write(bytes)
            }
        } catch is FileTooLong {
            refuse(
                room < longest
                    ? "\(AttachmentWords.quoted(coming.name)) dépasse ce qu’il reste de place pour les documents de cette "
                        + "candidature\u{202F}: allégez-le, ou retirez-en un autre."
                    : AttachmentWords.tooLong(coming.name, limit: longest))
        }
    }

    private mutating func refuse(_ sentence: String) {
        refusals.append(sentence)
        current?.isRefused = true
        current?.file = nil
    }

    private mutating func end() async throws {
        guard let coming = current else { return }
        current = nil
        guard !coming.isRefused else { return }
        let name = coming.name
        guard let file = coming.file else {
            // A form whose owner chose nothing sends a file without a name.
            if !name.isEmpty {
                refusals.append(
                    "\(AttachmentWords.quoted(name)) est vide\u{202F}: vérifiez qu’il s’ouvre chez vous, puis choisissez-le "
                        + "à nouveau.")
            }
            return
        }
        do {
            let received = try await intake.keep(file, named: name, accepted: accepted)
            kept.append(received)
            room -= received.size
        } catch let problems as Problems {
            refusals += problems.list.map(\.message)
        }
    }
}

/// Answers with a document of the vault, to be saved and never opened in the site's name.
enum DocumentDownload {
    /// A document of somebody else's candidacy: the journal says who took it before a byte goes (ATT-15). No other address that is
    /// read writes anything.
    static func staff(_ file: CandidacyFile, _ visit: Visit) async throws -> Answer {
        let principal = visit.principal
        let isOwn = try await visit.read { try CandidacyStore.own(principal, file.candidacy, $0) != nil }
        if !isOwn { try await visit.perform(RecordDownload(file)) }
        return try await answer(file.digest, file.family, named: file.name, visit)
    }

    static func answer(_ file: FileDigest, _ family: FileFamily, named name: String, _ visit: Visit) async throws
        -> Answer
    {
        try await answer(file, type: family.document.mediaType, named: name, visit)
    }

    /// - Parameter type: what browsers are told the bytes are.
    static func answer(_ file: FileDigest, type: String, named name: String, _ visit: Visit) async throws -> Answer {
        guard let reading = try await visit.reception.photos.vault.open(file) else {
            visit.reception.log.error(
                "a document is not in the vault", metadata: ["id": "\(visit.requestID)", "file": "\(file)"])
            throw Missing()
        }
        return Answer.file(
            size: reading.size, tag: file.text,
            headers: [
                .contentType: type, .contentDisposition: Answer.attachment(name),
                .cacheControl: "private, no-store", HeaderName.contentSecurityPolicy: "default-src 'none'; sandbox",
                HeaderName.resourcePolicy: "same-origin",
            ], visit
        ) { range, sink in
            if range.lowerBound > 0 { try await reading.go(to: range.lowerBound) }
            var left = range.count
            while left > 0, let piece = try await reading.next() {
                try await sink.write(piece.count > left ? Array(piece.prefix(left)) : piece)
                left -= min(left, piece.count)
            }
        }
    }
}
