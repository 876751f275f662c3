import Exchange
import HTTPTypes
import Maillage
import Markup

/// `/donnees`: what the network publishes, where, in which form and under which terms.
enum OpenDataPage {
    /// One file, as the page and its catalogue tell it.
    struct File: Sendable {
        let title: String
        let path: String
        let format: String
        let mediaType: String
        let meaning: String
    }

    static let files: [File] = [
        File(
            title: "Lieux, tableau", path: "/api/v1/places.csv", format: "CSV", mediaType: "text/csv",
            meaning:
                "UTF-8, séparé par des virgules, une ligne par lieu, plusieurs valeurs séparées par «\u{A0}|\u{A0}»."),
        File(
            title: "Lieux, classeur", path: "/api/v1/places.xlsx", format: "XLSX",
            mediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            meaning: "Les mêmes colonnes, pour un tableur\u{202F}: les codes gardent leurs zéros."),
        File(
            title: "Lieux, carte", path: "/api/v1/places.geojson", format: "GeoJSON", mediaType: "application/geo+json",
            meaning: "Pour les outils de cartographie (RFC\u{A0}7946)."),
        File(
            title: "Lieux de médiation numérique", path: "/api/v1/mednum.csv", format: "CSV", mediaType: "text/csv",
            meaning: "Au schéma national de la médiation numérique\u{202F}: les lieux qui ont une adresse complète."),
    ]

    /// The files of money: lines that were published after a check, nothing else.
    static let fundingFiles: [File] = [
        File(
            title: "Subventions, tableau", path: "/api/v1/funding.csv", format: "CSV", mediaType: "text/csv",
            meaning:
                "Au schéma national des subventions (SCDL\u{A0}2.1.1)\u{202F}: une ligne par bénéficiaire, montants en euros."
        ),
        File(
            title: "Financements, 360Giving", path: "/api/v1/funding/360giving.json", format: "JSON",
            mediaType: "application/json",
            meaning: "Les mêmes aides au standard international 360Giving\u{202F}; les personnes n’y sont pas nommées."),
        File(
            title: "Flux financiers", path: "/flux.csv", format: "CSV", mediaType: "text/csv",
            meaning: "Qui a versé, qui a reçu, pour quoi, année par année."),
    ]

    static let licence = "https://www.etalab.gouv.fr/licence-ouverte-open-licence"

    static func page(_ visit: Visit) async throws -> Answer {
        let directory = visit.reception.directory
        let day = directory.zone.local(visit.now.microseconds).date
        var query = PlaceQuery()
        query.limit = 1
        query.sort = .updated
        let latest = directory.walk(query, after: nil, for: .visitor)
        let open = directory.countOpenData()
        var head = PageHead(
            "Données ouvertes", description: "Les fichiers publiés par le réseau, leur licence et leur description.",
            breadcrumbs: Breadcrumbs(current: "Données ouvertes"))
        head.structuredData = catalogue(visit, updated: latest.found.first?.card.updatedAt)
        head.feeds = [PageHead.Feed(title: "Lieux nouveaux et modifiés", link: Link(path: "lieux.atom"))]
        return visit.page(head) { html in
            html.h1("Données ouvertes")
            html.p { html in
                html.text("Le réseau publie ce qu’il sait des lieux, sous ")
                html.a("Licence Ouverte\u{A0}2.0", .href(licence))
                html.text(
                    "\u{202F}: vous pouvez réutiliser ces données librement, y compris dans un commerce, en citant "
                        + "\(visit.reception.settings.networkName) et la date de leur dernière mise à jour.")
            }
            counts(open, latest, day, &html)
            fileList(&html)
            html.h2("Ce que contiennent les fichiers")
            html.ul { html in
                html.li(
                    "Les lieux publics dont la fiche vient de données ouvertes, sauf refus du lieu\u{202F}; les autres quand leur équipe "
                        + "a coché «\u{A0}\(SheetField.openData.label)\u{A0}».")
                html.li("Jamais le nom d’une personne, ni un courriel ou un téléphone que le lieu garde pour lui.")
                html.li(
                    "Ce qui vient d’être modifié y est tout de suite\u{202F}: les fichiers sont écrits quand on les demande."
                )
            }
            html.p(
                "Chaque fichier accepte les filtres de la liste\u{202F}: par exemple ?departement=59, ?service=reparation ou "
                    + "?circle=MEL.")
            columns(&html)
            machines(visit, &html)
            embed(visit, &html)
        }
    }

    private static func counts(_ open: Int, _ latest: PlaceStep, _ day: CivilDate, _ html: inout HTML) {
        let updated = latest.found.first.map { CivilZone.paris.local($0.card.updatedAt.microseconds).date }
        html.add(
            DefinitionList([
                .init("Lieux publics", Format.number(latest.total)),
                .init("Dans les fichiers ouverts", Format.number(open)),
                .init(
                    "Dernière modification", updated.map { Format.date(year: $0.year, month: $0.month, day: $0.day) }),
                .init("État au", Format.date(year: day.year, month: day.month, day: day.day)),
            ]))
    }

    private static func fileList(_ html: inout HTML) {
        html.h2("Fichiers", .id("fichiers"))
        html.add(
            DataTable(
                "Les fichiers à télécharger", rows: files + fundingFiles, id: "table-fichiers",
                columns: [
                    .init("Fichier") { file, html in
                        if let link = Link(checking: file.path) { html.a(file.title, .href(link)) }
                    },
                    .init("Format") { $0.format },
                    .init("Contenu") { $0.meaning },
                ]))
    }

    private static func columns(_ html: inout HTML) {
        html.h2("Colonnes", .id("colonnes"))
        html.add(
            DataTable(
                "Les colonnes des fichiers de lieux (CSV, XLSX, GeoJSON)", rows: PlaceColumn.all, id: "table-colonnes",
                columns: [
                    .init("Nom") { column, html in html.code(column.name) },
                    .init("Sens") { $0.meaning },
                    .init("Valeurs") { values(of: $0.kind) },
                ]))
    }

    private static func values(of kind: PlaceColumn.Kind) -> String {
        switch kind {
        case .text: "texte"
        case .list: "textes"
        case .integer: "nombre entier"
        case .decimal: "nombre décimal"
        case .flag: "true ou false"
        case .date: "date\u{202F}: AAAA, AAAA-MM ou AAAA-MM-JJ"
        case .instant: "instant UTC (ISO\u{A0}8601)"
        case .address: "adresse web"
        case .code(let list): "un code parmi\u{202F}: " + list.entries.map(\.code).joined(separator: ", ")
        case .codes(let list): "des codes parmi\u{202F}: " + list.entries.map(\.code).joined(separator: ", ")
        case .rows(let names): "groupes\u{202F}: " + names.joined(separator: ", ")
        }
    }

    private static func machines(_ visit: Visit, _ html: inout HTML) {
        html.h2("Pour les programmes", .id("programmes"))
        html.p { html in
            html.text("L’interface ")
            html.code("/api/v1")
            html.text(" est décrite par un ")
            html.a("document OpenAPI", .href("/openapi.json"))
            html.text(". Elle est ouverte à tous les sites (CORS), sans clé, et dit ce qui a changé (ETag, ")
            html.code("updated_since")
            html.text("). Les nouveautés se suivent aussi par le ")
            html.a("flux Atom des lieux", .href("/lieux.atom"))
            html.text(", et les horaires de chaque lieu par un calendrier, depuis sa page.")
        }
    }

    private static func embed(_ visit: Visit, _ html: inout HTML) {
        html.h2("La carte sur votre site", .id("carte"))
        html.p("Copiez ce code dans votre page. Les filtres de la carte se mettent à la suite de son adresse.")
        let address = visit.reception.settings.baseURL + "/carte?embed=1"
        html.pre(.tabindex(0), .role("region"), .aria("label", "Code à copier")) { html in
            html.code(
                "<iframe src=\"\(address)\" title=\"Carte des lieux\" width=\"100%\" height=\"600\" loading=\"lazy\" "
                    + "style=\"border:0\"></iframe>")
        }
    }

    /// DCAT's terms in schema.org: what harvesters of open data look for.
    private static func catalogue(_ visit: Visit, updated: Instant?) -> StructuredData {
        let base = visit.reception.settings.baseURL
        return [
            "@context": "https://schema.org", "@type": "Dataset",
            "name": .text("Lieux de \(visit.reception.settings.networkName)"),
            "description": "Les tiers-lieux du réseau : adresse, horaires, services, étape de vie.",
            "url": .text(base + "/donnees"), "license": .text(licence), "inLanguage": "fr",
            "dateModified": .optional(updated.map(ISO8601.text)),
            "creator": ["@type": "Organization", "name": .text(visit.reception.settings.networkName)],
            "distribution": .list(
                files.map {
                    [
                        "@type": "DataDownload", "name": .text($0.title), "contentUrl": .text(base + $0.path),
                        "encodingFormat": .text($0.mediaType),
                    ]
                }),
        ]
    }
}
