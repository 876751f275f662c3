import Exchange
import Forms
import HTTPTypes
import Maillage

/// `/candidatures/{id}/envois`: a document in several requests, for the script of the page of documents. Begun, added to at an
/// offset, asked where it stands after a cut line, finished with the SHA-256 of what was read on the other side, or cancelled.
///
/// Answers are small JSON objects; a refusal holds `message`, in French.
enum CandidacyUploadPages {
    /// Bytes of one request.
    static let pieceLimit = 8 << 20

    static func begin(_ visit: Visit) async throws -> Answer {
        let id = try visit.identifier("id", of: Candidacy.ID.self)
        let form = visit.form
        return try await begin(visit) { part in
            try await visit.perform(
                BeginUpload(
                    candidacy: id, partner: try partner(form), question: form.text("question") ?? "",
                    name: form["nom"] ?? "", size: form.int("taille") ?? 0,
                    datedOn: form.text("date").flatMap { CivilDate(iso: $0) },
                    replacing: form.text("remplace").flatMap { CandidacyFile.ID(text: $0) }, part: part,
                    shelf: visit.reception.forms))
        }
    }

    /// The same, whichever room asks for the document.
    static func begin(_ visit: Visit, _ announce: (_ part: String) async throws -> CandidacyUpload) async throws
        -> Answer
    {
        let vault = visit.reception.photos.vault
        let part = try await vault.beginPart()
        do {
            return state(visit, try await announce(part), offset: 0, status: .created)
        } catch {
            try await vault.cancelPart(part)
            guard let problems = error as? Problems else { throw error }
            return refusal(problems)
        }
    }

    static func show(_ visit: Visit) async throws -> Answer {
        let upload = try await own(visit)
        guard let offset = try await visit.reception.photos.vault.size(ofPart: upload.part) else { return gone }
        return state(visit, upload, offset: offset)
    }

    static func add(_ visit: Visit) async throws -> Answer {
        guard let body = visit.upload else { throw Missing() }
        let upload = try await own(visit)
        guard let offset = visit.headers[HeaderName.uploadOffset].flatMap({ Int($0) }) else { throw Malformed() }
        do {
            let answer = try await visit.reception.photos.vault.append(toPart: upload.part) { part in
                guard part.size == offset else { return state(visit, upload, offset: part.size, status: .conflict) }
                try await body.bytes { try await part.write($0, limit: upload.size) }
                return state(visit, upload, offset: part.size)
            }
            return answer ?? gone
        } catch is FileTooLong {
            return Answer.json(
                message("Plus d’octets sont arrivés qu’annoncé\u{202F}: recommencez cet envoi."),
                status: .contentTooLarge)
        } catch is PartBusy {
            return busy
        }
    }

    static func finish(_ visit: Visit) async throws -> Answer {
        let shelf = visit.reception.forms
        return try await finish(visit) { upload in
            let side = try await DossierSide.find(visit, of: upload.partner)
            guard case .attachment(let rules)? = side.state.compiled.form.question(upload.question)?.kind else {
                throw Missing()
            }
            return rules.accepted
        } attach: { upload, received in
            let outcome = try await visit.perform(
                FinishUpload(candidacy: upload.candidacy, upload: upload.id, file: received, shelf: shelf))
            return (outcome.added.first?.name ?? outcome.known.first ?? received.name, outcome.added.isEmpty)
        }
    }

    /// The same, whichever room asked for the document: what it accepts, and how it takes what arrived.
    static func finish(
        _ visit: Visit, accepted: (CandidacyUpload) async throws -> [FileFamily],
        attach: (CandidacyUpload, ReceivedFile) async throws -> (name: String, isKnown: Bool)
    ) async throws -> Answer {
        let upload = try await own(visit)
        let families = try await accepted(upload)
        do {
            guard let file = try await visit.reception.photos.vault.file(ofPart: upload.part) else { return gone }
            guard file.count == upload.size else {
                file.leave()
                return state(visit, upload, offset: file.count, status: .conflict)
            }
            guard let told = visit.form.text("sha256"), file.digest.text == told.lowercased() else {
                await file.discard()
                try await visit.perform(CancelUpload(candidacy: upload.candidacy, upload: upload.id))
                return refusal(
                    Problems(
                        "",
                        "\(AttachmentWords.quoted(upload.name)) a été abîmé en chemin\u{202F}: recommencez cet envoi."))
            }
            let received = try await AttachmentIntake(vault: visit.reception.photos.vault)
                .keep(file, named: upload.name, accepted: families)
            let (name, isKnown) = try await attach(upload, received)
            var json = JSONWriter()
            json.beginObject()
            json.member("name", name)
            json.member("already_there", isKnown)
            json.endObject()
            return Answer.json(json.bytes).with(.cacheControl, "no-store")
        } catch let problems as Problems {
            // What was refused will not be better later: the page sends another file.
            _ = try? await visit.perform(CancelUpload(candidacy: upload.candidacy, upload: upload.id))
            return refusal(problems)
        } catch is PartBusy {
            return busy
        }
    }

    static func cancel(_ visit: Visit) async throws -> Answer {
        let upload = try await own(visit)
        try await visit.perform(CancelUpload(candidacy: upload.candidacy, upload: upload.id))
        try await visit.reception.photos.vault.cancelPart(upload.part)
        return Answer(status: .noContent)
    }

    /// The partner whose part asks for it; nil for a question of the lead's.
    private static func partner(_ form: Fields) throws -> CandidacyPartner.ID? {
        guard let text = form.text("partenaire") else { return nil }
        guard let id = CandidacyPartner.ID(text: text) else { throw Missing() }
        return id
    }

    /// The upload in the address, if the visitor began it: `Missing` alike for one of others and for what never was.
    private static func own(_ visit: Visit) async throws -> CandidacyUpload {
        let id = try visit.identifier("id", of: Candidacy.ID.self)
        let upload = try visit.identifier("upload", of: CandidacyUpload.ID.self)
        let principal = visit.principal
        let request = visit.parameters["request"]
        let found = try await visit.read { reader -> CandidacyUpload? in
            // Whoever left the candidacy since adds nothing to it.
            guard try CandidacyStore.own(principal, id, reader) != nil else { return nil }
            return try CandidacyUploadStore.own(principal, upload, of: id, reader)
        }
        // An upload has one address: that of what asked for it.
        guard let found, request == found.request.map({ Identifier<CandidacyUpload>($0).text }) else { throw Missing() }
        return found
    }

    private static func state(
        _ visit: Visit, _ upload: CandidacyUpload, offset: Int, status: HTTPResponse.Status = .ok
    ) -> Answer {
        let address = Paths.candidacyUpload(upload)
        var json = JSONWriter()
        json.beginObject()
        json.member("address", address)
        json.member("token", visit.token(for: address).value)
        json.member("cancel_token", visit.token(for: Paths.candidacyUploadCancel(upload)).value)
        json.member("offset", offset)
        json.member("size", upload.size)
        json.endObject()
        return Answer.json(json.bytes, status: status).with(.cacheControl, "no-store")
            .with(HeaderName.uploadOffset, String(offset))
    }

    private static func refusal(_ problems: Problems) -> Answer {
        Answer.json(message(problems.list.map(\.message).joined(separator: " ")), status: .unprocessableContent)
            .with(.cacheControl, "no-store")
    }

    private static var gone: Answer {
        Answer.json(message("Cet envoi a été oublié\u{202F}: recommencez-le."), status: .gone)
            .with(.cacheControl, "no-store")
    }

    private static var busy: Answer {
        Answer.json(message("Un autre envoi du même document est en cours."), status: .conflict)
            .with(.retryAfter, "2").with(.cacheControl, "no-store")
    }

    private static func message(_ text: String) -> [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.member("message", text)
        json.endObject()
        return json.bytes
    }
}
