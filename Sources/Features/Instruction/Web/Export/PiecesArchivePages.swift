import Exchange
import HTTPTypes
import Maillage

/// `/instruction/pieces/{request}.zip`: every document of the dossiers that a question finds. The address is given by a form, once the
/// journal has its line, and serves the one it was given to for a day: a download is taken up again without another line.
enum PiecesArchivePages {
    /// Writes the line of the journal, and leads to the file.
    static func begin(_ visit: Visit, _ query: InstructionQuery) async throws -> Answer {
        _ = try await visit.perform(ExportDossiers(query: query, file: .pieces))
        let path = path(query)
        return .redirect(
            to: Paths.path(
                "instruction", "pieces", name(query),
                query: InstructionFields.pairs(query) + [(FormToken.fieldName, Optional(visit.token(for: path).value))])
        )
    }

    static func send(_ visit: Visit) async throws -> Answer {
        let query = InstructionFields.query(visit.query)
        guard visit.path == path(query), visit.isVerified(by: visit.query.values(FormToken.fieldName)) else {
            throw Denied(
                "Ce lien de téléchargement ne sert plus\u{202F}: demandez l’archive à nouveau depuis l’export.")
        }
        let (reception, vault) = (visit.reception, visit.reception.photos.vault)
        let archive = try await PiecesArchive.of(
            query, visit.principal, at: visit.now, shelf: reception.forms,
            isScanned: reception.settings.clamdSocket != nil, vault: vault, reception.database)
        let checksums = reception.checksums
        let stem = try await DossierExportPages.stem(visit, query, "pieces")
        return Answer.file(
            size: archive.plan.length, tag: archive.tag,
            headers: [
                .contentType: "application/zip", .contentDisposition: Answer.attachment("\(stem).zip"),
                .cacheControl: "private, no-cache",
            ], visit
        ) { range, sink in
            var pieces = archive.pieces(from: range, vault: vault, checksums: checksums)
            while let piece = try await pieces.next() { try await sink.write(piece) }
        }
    }

    /// Tells one question from another, so that what the journal says is what is sent.
    private static func name(_ query: InstructionQuery) -> String {
        FreshnessDoor.tag(of: Array(InstructionFields.saved(query).utf8)) + ".zip"
    }

    private static func path(_ query: InstructionQuery) -> String { Paths.path("instruction", "pieces", name(query)) }
}
