import HTTPTypes
import Maillage
import Markup

/// `/coordination/archives`: calls read back from their archive (`maillage import call`), to be read and never acted on.
enum ArchivedCallPages {
    static func list(_ visit: Visit) async throws -> Answer {
        let principal = visit.principal
        let calls = try await visit.read { try ArchivedCallStore.all(principal, $0) }
        return visit.page(head("Appels archivés", []), ArchivedCallList(calls: calls))
    }

    static func show(_ visit: Visit) async throws -> Answer {
        let call = try await found(visit)
        let page = min(max(visit.query.int("page") ?? 1, 1), 10_000)
        let (dossiers, count, files) = try await visit.read { reader in
            (
                try ArchivedCallStore.dossiers(
                    of: call.id, limit: ArchivedCallView.pageLength,
                    offset: (page - 1) * ArchivedCallView.pageLength, reader),
                try ArchivedCallStore.count(of: call.id, reader),
                try ArchivedCallStore.files(of: call.id, dossier: nil, reader)
            )
        }
        return visit.page(
            head(call.title, [all]),
            ArchivedCallView(
                call: call, dossiers: dossiers, count: count, files: files, page: page, tokens: FormTokens(visit)))
    }

    static func dossier(_ visit: Visit) async throws -> Answer {
        let call = try await found(visit)
        let number = try number(visit, "number")
        let (entry, files, texts) = try await visit.read { reader in
            (
                try ArchivedCallStore.dossier(number, of: call.id, reader),
                try ArchivedCallStore.files(of: call.id, dossier: number, reader),
                try ArchivedCallStore.files(of: call.id, dossier: nil, reader)
            )
        }
        guard let entry else { throw Missing() }
        let dossier = try await ArchivedDossier.read(
            entry, of: call, files: files, texts: texts, vault: visit.reception.photos.vault)
        return visit.page(
            head(
                entry.name, [all, (call.title, Link(path: "coordination", "archives", call.id.text))]),
            ArchivedDossierView(dossier: dossier))
    }

    /// A file as it came, to be saved: nothing of another network is ever opened in the site's name.
    static func file(_ visit: Visit) async throws -> Answer {
        let call = try await found(visit)
        let place = try number(visit, "file")
        let isScanned = visit.reception.settings.clamdSocket != nil
        let file = try await visit.read { reader -> ArchivedCall.File? in
            let file = try ArchivedCallStore.file(place, of: call.id, reader)
            if isScanned, let file, file.kind == .document {
                try FileStates(of: [file.digest], reader).requireClean(file.digest)
            }
            return file
        }
        guard let file, file.isThere else { throw Missing() }
        try await visit.perform(RecordArchiveDownload(file))
        return try await DocumentDownload.answer(
            file.digest, type: "application/octet-stream", named: file.title, visit)
    }

    static func remove(_ visit: Visit) async throws -> Answer {
        let call = try await found(visit)
        guard visit.form.has("certain") else {
            throw Denied("Cochez la case pour confirmer le retrait.")
        }
        try await visit.perform(RemoveArchivedCall(call: call.id))
        return .done("L’appel archivé est retiré.", to: Paths.archivedCalls)
    }

    private static func found(_ visit: Visit) async throws -> ArchivedCall {
        let id = try visit.identifier("id", of: ArchivedCall.ID.self)
        let principal = visit.principal
        guard let call = try await visit.read({ try ArchivedCallStore.call(principal, id, $0) }) else {
            throw Missing()
        }
        return call
    }

    private static func number(_ visit: Visit, _ name: String) throws -> Int {
        let text = try visit.parameter(name)
        guard let number = Int(text), String(number) == text, number > 0 else { throw Missing() }
        return number
    }

    private static let all = ("Appels archivés", Link(path: "coordination", "archives"))

    private static func head(_ title: String, _ trail: [(String, Link)]) -> PageHead {
        var head = PageHead(
            title, section: "Coordination",
            breadcrumbs: Breadcrumbs(
                ([("Coordination", Link(path: "coordination"))] + trail).map { (label: $0.0, link: $0.1) },
                current: title))
        head.isIndexed = false
        return head
    }
}

extension Paths {
    static let archivedCalls = "/coordination/archives"
    static func archivedCall(_ id: ArchivedCall.ID) -> String { path("coordination", "archives", id.text) }

    static func archivedDossier(_ id: ArchivedCall.ID, _ number: Int) -> String {
        path("coordination", "archives", id.text, "dossiers", String(number))
    }

    static func archivedFile(_ file: ArchivedCall.File) -> String {
        path("coordination", "archives", file.call.text, "fichiers", String(file.place))
    }

    static func archivedCallRemoval(_ id: ArchivedCall.ID) -> String {
        path("coordination", "archives", id.text, "retrait")
    }
}

extension SiteMap {
    /// The URLs of calls that came back from an archive.
    static let archivedCalls: [Route] = [
        .get("/coordination/archives", .coordinator, ArchivedCallPages.list),
        .get("/coordination/archives/{id}", .coordinator, ArchivedCallPages.show),
        .get("/coordination/archives/{id}/dossiers/{number}", .coordinator, ArchivedCallPages.dossier),
        .get("/coordination/archives/{id}/fichiers/{file}", .coordinator, ArchivedCallPages.file),
        .post("/coordination/archives/{id}/retrait", .coordinator, ArchivedCallPages.remove),
    ]
}
