import Exchange
import HTTPTypes
import Logging
import Maillage
import Markup

/// `/lieux/{slug}/photos`: the photos of a place, for those who keep its sheet; one is added, described, moved, removed.
enum PhotoPages {
    /// Beyond this a body is not even read. A file above `PhotoWorkshop.longestFile` and below is read to its end, so that the
    /// page can be shown again with what was typed beside it.
    static let bodyLimit = 32 << 20

    static func show(_ visit: Visit) async throws -> Answer {
        page(try await view(visit), visit)
    }

    static func add(_ visit: Visit) async throws -> Answer {
        guard let upload = visit.upload else { throw Missing() }
        let workshop = visit.reception.photos
        var begun: (view: PhotosView, arrival: PhotoArrival)?
        do {
            // Nothing is handed over before the form is found ours; only then is the place looked for.
            try await upload.read { event in
                if begun == nil { begun = (try await view(visit), try await PhotoArrival(workshop)) }
                try await begun?.arrival.take(event)
            }
            guard var (view, arrival) = begun else { throw Malformed() }
            let answer = try await add(&arrival, to: &view, visit)
            await arrival.picture?.clear()
            return answer
        } catch {
            await begun?.arrival.picture?.clear()
            throw error
        }
    }

    private static func add(
        _ arrival: inout PhotoArrival, to view: inout PhotosView, _ visit: Visit
    ) async throws -> Answer {
        let workshop = visit.reception.photos
        view.form = arrival.fields
        guard let picture = arrival.picture else { return page(view, visit, status: .serviceUnavailable) }
        do {
            let words = try arrival.words(view.photos.count)
            let sizes = try await workshop.prepare(picture)
            _ = try await visit.perform(AddPhoto(place: view.reading.place.id, words: words, sizes: sizes))
            return .done("La photo est ajoutée.", to: Paths.place(view.reading.slug, .photos))
        } catch let problems as Problems {
            view.problems = problems
            return page(view, visit, status: arrival.isTooLong ? .contentTooLarge : .unprocessableContent)
        } catch let unreadable as PhotoUnreadable {
            visit.reception.log.notice(
                "a photo could not be read",
                metadata: ["id": "\(visit.requestID)", "reason": "\(oneLine(unreadable.reason))"])
            view.problems = unreadable.problems
            return page(view, visit, status: .unprocessableContent)
        } catch let throttled as Throttled {
            view.problems = Problems(
                "photo",
                "Beaucoup de photos arrivent en ce moment. Rien n’a été enregistré\u{202F}: réessayez dans un instant.")
            return page(view, visit, status: .tooManyRequests)
                .with(.retryAfter, String(max(1, throttled.retryAfter.seconds)))
        }
    }

    static func edit(_ visit: Visit) async throws -> Answer {
        let view = try await view(visit)
        return editPage(try photo(visit, view), view, visit)
    }

    static func save(_ visit: Visit) async throws -> Answer {
        var view = try await view(visit)
        let photo = try photo(visit, view)
        view.form = visit.form
        do {
            let words = try PhotoForm.words(visit.form)
            try await visit.perform(EditPhoto(place: view.reading.place.id, photo: photo.id, words: words))
            return .done("La photo est enregistrée.", to: Paths.place(view.reading.slug, .photos))
        } catch let problems as Problems {
            view.problems = problems
            return editPage(photo, view, visit)
        }
    }

    static func move(_ visit: Visit) async throws -> Answer {
        let view = try await view(visit)
        let photo = try photo(visit, view)
        guard let direction = visit.form.text("vers").flatMap(MovePhoto.Direction.init) else { throw Malformed() }
        try await visit.perform(MovePhoto(place: view.reading.place.id, photo: photo.id, direction))
        return .done("L’ordre des photos est enregistré.", to: Paths.place(view.reading.slug, .photos))
    }

    static func remove(_ visit: Visit) async throws -> Answer {
        let view = try await view(visit)
        try await visit.perform(RemovePhoto(place: view.reading.place.id, photo: try photo(visit, view).id))
        return .done(
            "La photo est retirée. L’historique de la fiche permet de la remettre pendant un mois.",
            to: Paths.place(view.reading.slug, .photos))
    }

    private static func view(_ visit: Visit) async throws -> PhotosView {
        let reading = try await PlaceReading.find(visit)
        guard reading.rights.edits else {
            throw Denied("Seule l’équipe du lieu modifie cette fiche. Vous pouvez proposer une correction.")
        }
        let id = reading.place.id
        let photos = try await visit.read { try PlacePhotoStore.photos(of: id, $0) }
        return PhotosView(
            reading: reading, photos: photos, isOpen: visit.reception.photos.isOpen, tokens: FormTokens(visit))
    }

    private static func photo(_ visit: Visit, _ view: PhotosView) throws -> PlacePhoto {
        let id = try visit.identifier("photo", of: PlacePhoto.ID.self)
        guard let photo = view.photos.first(where: { $0.id == id }) else { throw Missing() }
        return photo
    }

    private static func page(
        _ view: PhotosView, _ visit: Visit, status: HTTPResponse.Status = .ok
    ) -> Answer {
        var head = PageHead(
            "Photos\u{202F}: \(view.reading.name)", section: "Lieux", breadcrumbs: view.reading.crumbs("Photos"))
        head.isIndexed = false
        head.hasErrors = !view.problems.isEmpty
        head.scripts = ["counter.js", "photos.js"]
        return visit.page(head, status: status, view)
    }

    private static func editPage(_ photo: PlacePhoto, _ view: PhotosView, _ visit: Visit) -> Answer {
        var head = PageHead(
            "Décrire une photo\u{202F}: \(view.reading.name)", section: "Lieux",
            breadcrumbs: Breadcrumbs(
                [
                    ("Lieux", Link(path: "lieux")), (view.reading.name, Link(path: "lieux", view.reading.slug)),
                    ("Photos", Link(path: "lieux", view.reading.slug, "photos")),
                ], current: "Décrire une photo"))
        head.isIndexed = false
        head.hasErrors = !view.problems.isEmpty
        head.scripts = ["counter.js"]
        return visit.page(
            head, status: view.problems.isEmpty ? .ok : .unprocessableContent,
            PhotoEditView(photo: photo, page: view))
    }

    private static func oneLine(_ text: String) -> String {
        String(text.prefix(300).map { $0.isNewline ? " " : $0 })
    }
}

/// A form with a photo while it arrives: its words in memory, its picture on the disk.
private struct PhotoArrival {
    /// Nil where this machine takes no photo in.
    var picture: PhotoWorkshop.Incoming?
    var problems = Problems()
    var isTooLong = false
    private var found: [Fields.Field] = []
    private var isPicture = false
    private var isSpoiled = false
    private var hasPicture = false

    init(_ workshop: PhotoWorkshop) async throws {
        picture = workshop.isOpen ? try await workshop.receive() : nil
    }

    var fields: Fields { Fields(found) }

    mutating func take(_ event: MultipartEvent) async throws {
        switch event {
        case .field(let name, let value):
            if found.count < 50 { found.append(Fields.Field(name: name, value: PercentDecoding.composed(value))) }
        case .fileBegan(let file):
            // The first picture is the one; what a hand-made form adds is read and dropped.
            isPicture = file.field == "photo" && !hasPicture
        case .fileBytes(let bytes):
            guard isPicture else { return }
            hasPicture = true
            guard !isSpoiled else { return }
            do {
                try await picture?.write(bytes)
            } catch let refused as Problems {
                spoil(refused.messages(for: "photo").first ?? "")
            } catch is FileTooLong {
                isTooLong = true
                spoil(
                    "Cette photo est trop lourde\u{202F}: la limite est de \(PhotoWorkshop.longestFile / 1_000_000)\u{A0}Mo. "
                        + "Enregistrez-la en plus petit, puis choisissez-la à nouveau.")
            }
        case .fileEnded: isPicture = false
        case .finished: break
        }
    }

    private mutating func spoil(_ message: String) {
        isSpoiled = true
        problems.add("photo", message)
    }

    /// The words beside the picture. Throws all that is wrong with them, with the picture, or with `count`, how many photos
    /// are shown already; in the order of the form.
    func words(_ count: Int) throws -> PlacePhoto.Words {
        var all = Problems()
        var words: PlacePhoto.Words?
        do {
            words = try PhotoForm.words(fields)
        } catch let refused as Problems {
            all = refused
        }
        for problem in problems.list { all.add(problem.field, problem.message) }
        if !hasPicture { all.add("photo", "Choisissez une photo.") }
        if count >= PlacePhoto.most {
            all.add("photo", "Cette fiche a déjà \(PlacePhoto.most) photos\u{202F}: retirez-en une d’abord.")
        }
        try all.throwIfAny()
        guard let words else { throw all }
        return words
    }
}
