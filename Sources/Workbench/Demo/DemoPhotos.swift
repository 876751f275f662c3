import Maillage

/// The photos of the demo network: drawings made here, since nobody took pictures of places that do not exist.
struct DemoPhoto: Sendable {
    let place: String
    let drawing: String
    let alternative: String
    var licence = PhotoLicence.attribution

    static let all: [DemoPhoto] = [
        DemoPhoto(
            place: "La Fosse commune numérique (démo)", drawing: DemoDrawing.house(wall: "#b4573a", door: "#0d5c5c"),
            alternative: "Dessin d’une maison de brique à deux étages, avec un grand arbre et un banc devant la porte."),
        DemoPhoto(
            place: "La Fosse commune numérique (démo)", drawing: DemoDrawing.table(wall: "#e9ddc7", lamp: "#a8401f"),
            alternative:
                "Dessin d’une longue table éclairée par trois lampes, avec quatre ordinateurs portables ouverts.",
            licence: .open),
        DemoPhoto(
            place: "La Fosse commune numérique (démo)", drawing: DemoDrawing.workshop(wall: "#cfd8d3"),
            alternative: "Dessin d’un atelier : des outils accrochés au mur, un établi et un étau.",
            licence: .shareAlike),
        DemoPhoto(
            place: "Atelier Zéro Panne (démo)", drawing: DemoDrawing.workshop(wall: "#e6cfb5"),
            alternative: "Dessin d’un établi sous un panneau d’outils rangés par taille.", licence: .publicDomain),
        DemoPhoto(
            place: "Le Verger aux Outils (démo)", drawing: DemoDrawing.garden(),
            alternative:
                "Dessin d’un jardin : trois bacs de culture, une cabane à outils et le soleil au-dessus des collines."),
        DemoPhoto(
            place: "Le Grand Triage (démo)", drawing: DemoDrawing.house(wall: "#7c8c8d", door: "#a47a12"),
            alternative: "Dessin d’un entrepôt aux murs gris, porte jaune, avec un arbre à côté.", licence: .reserved),
    ]
}

extension DemoNetwork {
    /// Each is prepared like a photo that somebody sends; those of one place keep their order.
    func hangPhotos(_ places: [String: Place.ID], _ workshop: PhotoWorkshop) async throws {
        let made = try await withThrowingTaskGroup(of: (Int, [PlacePhoto.Size]).self) { group in
            for (index, photo) in DemoPhoto.all.enumerated() {
                group.addTask { (index, try await workshop.prepare(drawing: photo.drawing)) }
            }
            var made: [Int: [PlacePhoto.Size]] = [:]
            for try await (index, sizes) in group { made[index] = sizes }
            return made
        }
        for (index, photo) in DemoPhoto.all.enumerated() {
            guard let place = places[photo.place], let sizes = made[index] else { continue }
            _ = try await desk.perform(
                AddPhoto(
                    place: place,
                    words: PlacePhoto.Words(
                        alternative: photo.alternative.replacing(" :", with: "\u{202F}:"),
                        credit: "dessin de la démonstration", licence: photo.licence),
                    sizes: sizes), as: .house)
        }
    }
}
