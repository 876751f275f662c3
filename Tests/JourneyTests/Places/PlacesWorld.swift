import Exchange
import Storage
import Workbench

@testable import Maillage

/// A small register with everything that may leak or mislead.
struct PlacesWorld {
    let open: Place
    let hidden: Place
    let imported: Place
    let reserved: Place
    let kept: Place
    let merged: Place
    /// Places everybody sees.
    let visible: Int

    /// A word that only places nobody may see hold.
    static let secret = "Zanzibarine"

    static func build(_ site: LiveSite, crowd: Int = 0) async throws -> PlacesWorld {
        let desk = site.desk
        let circle = try await desk.perform(
            CreateCircle(code: "LEN", name: "Lensois", kind: .territorial), as: .house)
        func add(
            _ name: String, _ values: [SheetField: SheetValue] = [:], seenBy visibility: Place.Visibility = .everyone
        ) async throws -> Place {
            var sheet = values
            sheet[.name] = .text(name)
            return try await desk.perform(
                CreatePlace(values: sheet, visibility: visibility, circles: [circle.id.number]), as: .house)
        }
        let address: SheetValue = .rows([
            [
                "adresse": "1 rue du Port", "code_postal": "01000", "commune_nom": "Bourg-en-Bresse",
                "latitude": "46.205",
                "longitude": "5.225",
            ]
        ])
        let open = try await add(
            "L’Atelier ouvert",
            [
                .summary: .text("Fabriquer, réparer"), .families: .codes(["fablab"]),
                .services: .codes(["fabrication"]),
                .sites: address, .hours: .text("Mo-Fr 09:00-18:00; PH off"), .email: .text("atelier@exemple.fr"),
                .phone: .text("04 74 00 00 01"), .contactName: .text("Camille Contactrice"),
                .website: .text("https://atelier.exemple.fr"), .openData: .flag(true),
                .links: .rows([["nom": "Wiki", "adresse": "https://wiki.exemple.fr"]]), .builtArea: .number(120),
            ])
        let imported = try await add(
            "Le Jardin des savoirs",
            [
                .families: .codes(["nourricier"]), .sites: address, .email: .text("prive-zanzibarine@exemple.fr"),
                .phone: .text("04 74 99 99 99"), .privateFields: .codes(["courriel", "telephone"]),
                .openData: .flag(true),
            ])
        let reserved = try await add("La Réserve", [.sites: address])
        let hidden = try await add(
            "\(secret) la cachée", [.sites: address, .families: .codes(["livinglab"]), .openData: .flag(true)],
            seenBy: .hidden)
        _ = try await add("\(secret) du cercle", [.sites: address, .openData: .flag(true)], seenBy: .circle)
        let withdrawn = try await add("\(secret) dépubliée", [.sites: address, .openData: .flag(true)])
        try await desk.perform(SetPlaceState(place: withdrawn.id, isPublished: false, reason: "essai"), as: .house)
        let kept = try await add("Le Tri", [.sites: address])
        let merged = try await add("Le Tri en double", [.sites: address])
        try await desk.perform(MergePlaces(kept: kept.id, merged: merged.id), as: .house)
        for number in 0..<crowd {
            // Many share a name: the walk must not stumble over ties.
            _ = try await add("Lieu \(number % 7)", [.openData: .flag(true)])
        }
        return PlacesWorld(
            open: open, hidden: hidden, imported: imported, reserved: reserved, kept: kept, merged: merged,
            visible: 4 + crowd)
    }
}

extension Reply {
    func json() throws -> JSONValue { try JSONValue.parse(body) }
}
