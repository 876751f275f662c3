import Exchange
import HTTPTypes
import Maillage
import Markup

/// `/recepisses/tetes`: the head of each night, for everybody and for ever; and what places a receipt under one.
enum ReceiptHeadPages {
    /// How many the page shows; the file holds them all.
    static let shown = 60

    static func show(_ visit: Visit) async throws -> Answer {
        let (heads, count) = try await visit.read { reader in
            // One more than is shown: the oldest one shown names it.
            (try ReceiptHeadStore.latest(shown + 1, reader), try ReceiptHeadStore.count(reader))
        }
        let verifier = ReceiptVerifier(keys: visit.reception.receiptKeys?.all ?? [])
        let view = ReceiptHeadsView(heads: heads, count: count, holds: verifier.holds(chain: heads.reversed()))
        var head = PageHead(
            "Têtes des récépissés", section: "Appels", breadcrumbs: Breadcrumbs(current: "Têtes des récépissés"))
        head.description = "Chaque nuit, une empreinte signée de tous les récépissés du jour."
        return visit.page(head, view)
    }

    static func list(_ visit: Visit) async throws -> Answer {
        .json(ReceiptHeadList.bytes(try await visit.read { try ReceiptHeadStore.chain($0) }))
    }

    static func file(_ visit: Visit) async throws -> Answer {
        guard let day = CivilDate(iso: try visit.parameter("day")),
            let head = try await visit.read({ try ReceiptHeadStore.head(of: day, $0) })
        else { throw Missing() }
        return .file(head.fileBytes, type: "application/json", savedAs: "tete-\(day).json")
    }

    /// Whoever knows the fingerprint has the receipt: the proof holds hashes, and tells nothing of anybody.
    static func proof(_ visit: Visit) async throws -> Answer {
        guard let print = Fingerprint(text: try visit.parameter("fingerprint")),
            let proof = try await visit.read({ try ReceiptHeadStore.proof(of: print, $0) })
        else { throw Missing() }
        return .file(proof.fileBytes, type: "application/json", savedAs: "preuve-\(proof.head.head.date).json")
    }
}

/// The heads, the newest first, and what they are for.
struct ReceiptHeadsView: View {
    /// The newest first, and one more than is shown when there are more.
    var heads: [SignedHead]
    /// How many there are in all.
    var count: Int
    /// Whether they are signed and each names the one before.
    var holds: Bool

    static let sample = ReceiptHeadsView(heads: [], count: 0, holds: true)

    func render(into html: inout HTML) {
        html.h1("Têtes des récépissés")
        html.p(
            "Chaque nuit, le réseau signe une seule empreinte pour tous les récépissés délivrés dans la journée (la racine d’un arbre "
                + "de Merkle, RFC\u{A0}6962), et la publie ici. Chaque tête nomme la précédente\u{202F}: une fois publiée, aucun "
                + "récépissé ne peut être ajouté, retiré ou antidaté sans que cela se voie. Gardez-en une copie si vous voulez pouvoir "
                + "le montrer.")
        if heads.isEmpty {
            html.add(
                EmptyState(
                    "Aucune tête pour l’instant", "La première paraît la nuit qui suit le premier récépissé du réseau.")
            )
        } else {
            html.p { html in
                html.add(Badge(holds ? "Vérifié" : "À signaler", holds ? .good : .bad))
                html.text(
                    holds
                        ? " Les têtes affichées sont signées par le réseau et se suivent."
                        : " Les têtes affichées ne se suivent pas, ou l’une n’est pas signée\u{202F}: prévenez le réseau."
                )
            }
            table(into: &html)
        }
        html.section { html in
            html.h2("Retrouver son récépissé")
            html.p { html in
                html.a("La page de vérification", .href(Paths.receiptCheck))
                html.text(
                    " dit sous quelle tête il se trouve, et en donne la preuve\u{202F}: quelques empreintes qui mènent de ce récépissé à "
                        + "la racine publiée. Sans ce site\u{202F}: ")
                html.code("maillage receipt verify recepisse.json --proof preuve.json --keys cles.json")
                html.text(".")
            }
        }
    }

    private func table(into html: inout HTML) {
        let rows = Array(heads.prefix(ReceiptHeadPages.shown))
        html.add(
            DataTable(
                rows.count < count ? "Les \(rows.count) dernières, sur \(count)" : "Toutes les têtes",
                rows: rows, id: "tetes",
                columns: [
                    .init("Jour (fichier JSON)") { signed, html in
                        let day = signed.head.date
                        html.a(
                            Format.date(year: day.year, month: day.month, day: day.day),
                            .href(Paths.receiptHead(day)))
                    },
                    .init("Récépissés", isNumber: true) { Format.number($0.head.count) },
                    .init("Depuis le début", isNumber: true) { Format.number($0.head.total) },
                    .init("Racine") { signed, html in html.code(signed.head.root.grouped) },
                ]))
        html.p { html in
            html.a("Toutes les têtes en JSON", .href(Paths.receiptHeadList))
            html.text(", pour ")
            html.code("maillage receipt heads tetes.json --keys cles.json")
            html.text(". ")
            html.a("Les clés publiques", .href(Paths.receiptKeys))
            html.text(".")
        }
    }
}

/// Under which published head a valid receipt stands.
struct ReceiptNightView: View {
    var fingerprint: Fingerprint
    var proof: ReceiptProof?

    func render(into html: inout HTML) {
        html.p { html in
            guard let proof else {
                html.text("Il entrera cette nuit sous ")
                html.a("une tête publiée", .href(Paths.receiptHeads))
                html.text(", qui le date à la vue de tout le monde.")
                return
            }
            let day = proof.head.head.date
            html.text("Il est sous ")
            html.a(
                "la tête publiée du \(Format.date(year: day.year, month: day.month, day: day.day))",
                .href(Paths.receiptHead(day)))
            html.text(", parmi \(Format.number(proof.head.head.count)) récépissés\u{202F}: ")
            html.a("télécharger la preuve", .href(Paths.receiptProof(fingerprint)))
            html.text(".")
        }
    }
}
