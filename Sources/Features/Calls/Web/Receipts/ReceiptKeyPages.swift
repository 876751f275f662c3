import HTTPTypes
import Maillage
import Markup

/// `/recepisses/cles` and what explains their use: public keys, for ever.
enum ReceiptKeyPages {
    static func show(_ visit: Visit) async throws -> Answer {
        let keys = visit.reception.receiptKeys?.all ?? []
        return visit.page(head("Clés publiques des récépissés")) { html in
            html.h1("Clés publiques des récépissés")
            html.p(
                "Chaque récépissé est signé (Ed25519). Avec ces clés, tout le monde peut le vérifier, même des années plus "
                    + "tard\u{202F}: elles restent publiées quand le réseau en change.")
            if keys.isEmpty {
                html.add(EmptyState("Aucune clé", "Ce réseau n’a pas encore délivré de récépissé."))
            }
            for key in keys.reversed() {
                html.section { html in
                    html.h2("Clé \(key.id)")
                    html.add(
                        DefinitionList([
                            .init("En service depuis le", Receipt.words(of: key.from, .paris)),
                            .init("Jusqu’au", key.until.map { Receipt.words(of: $0, .paris) } ?? "aujourd’hui"),
                        ]))
                    html.pre(key.pem, .tabindex(0))
                    html.p { $0.a("Télécharger la clé \(key.id)", .href(Paths.receiptKey(key.id))) }
                }
            }
            html.p { html in
                html.a("Toutes les clés en JSON", .href(Paths.receiptKeyList))
                html.text(", pour ")
                html.code("maillage receipt verify --keys")
                html.text(". ")
                html.a("Vérifier avec openssl seul", .href(Paths.receiptOpenSSL))
                html.text(". ")
                html.a("Les têtes publiées chaque nuit", .href(Paths.receiptHeads))
                html.text(".")
            }
        }
    }

    static func list(_ visit: Visit) async throws -> Answer {
        .json(ReceiptPublicKey.listBytes(visit.reception.receiptKeys?.all ?? []))
    }

    static func pem(_ visit: Visit) async throws -> Answer {
        let id = try visit.parameter("id")
        guard let key = visit.reception.receiptKeys?.all.first(where: { $0.id == id }) else { throw Missing() }
        return .file(Array(key.pem.utf8), type: "application/x-pem-file", savedAs: "cle-\(key.id).pem")
    }

    /// `/recepisses/openssl`
    static func recipe(_ visit: Visit) async throws -> Answer {
        let address = visit.reception.settings.baseURL
        return visit.page(head("Vérifier un récépissé avec openssl")) { html in
            html.h1("Vérifier un récépissé avec openssl")
            html.p(
                "Sans Maillage, sans ce site, sans connexion\u{202F}: il faut l’archive ZIP téléchargée avec le récépissé, et openssl\u{A0}3 "
                    + "ou plus récent, présent sur la plupart des ordinateurs.")
            html.ol { html in
                html.li { html in
                    html.p("Ouvrez l’archive dans un dossier, et un terminal dans ce dossier.")
                }
                html.li { html in
                    html.p("Vérifiez la signature\u{202F}:")
                    html.pre(ReceiptArchive.command, .tabindex(0))
                    html.p { html in
                        html.text("La réponse ")
                        html.code("Signature Verified Successfully")
                        html.text(" dit que pas un bit du texte signé n’a changé.")
                    }
                }
                html.li { html in
                    html.p { html in
                        html.text("Assurez-vous que la clé est bien celle du réseau\u{202F}: ")
                        html.a("les clés sont publiées ici", .href(Paths.receiptKeys))
                        html.text(". Le nom de la clé est le début de son empreinte\u{202F}:")
                    }
                    html.pre(
                        "openssl pkey -pubin -in \(ReceiptArchive.keyName) -outform DER | tail -c 32 | openssl sha256",
                        .tabindex(0))
                }
                html.li { html in
                    html.p("Comparez chaque fichier déposé avec l’empreinte écrite dans le texte signé\u{202F}:")
                    html.pre("openssl sha256 FICHIER", .tabindex(0))
                }
                html.li { html in
                    html.p { html in
                        html.text(
                            "Lisez les deux instants, en temps universel\u{202F}: le dépôt est dans les délais si ")
                        html.code("arrival")
                        html.text(" est strictement avant ")
                        html.code("deadline")
                        html.text(".")
                    }
                }
            }
            html.p { html in
                html.text("Avec le seul fichier .json, ")
                html.code("maillage receipt verify recepisse.json --keys cles.json")
                html.text(" fait tout cela d’un coup, et ")
                html.a("cette page", .href(Paths.receiptCheck))
                html.text(" aussi. La liste des clés\u{202F}: ")
                html.a(address + Paths.receiptKeyList, .href(Paths.receiptKeyList))
                html.text(".")
            }
            html.h2("Ce qu’un récépissé prouve")
            html.p(
                "Que le réseau a déclaré avoir reçu ces fichiers et ces réponses à cet instant, et que cette déclaration n’a pas "
                    + "changé. Il ne prouve pas l’identité de la personne qui a déposé.")
        }
    }

    private static func head(_ title: String) -> PageHead {
        PageHead(title, section: "Appels", breadcrumbs: Breadcrumbs(current: title))
    }
}
