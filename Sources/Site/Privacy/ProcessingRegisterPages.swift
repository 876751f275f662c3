import Exchange
import Maillage
import Markup

/// `/registre-des-traitements`: the register of article 30 of the GDPR, to read, print and carry away. For the coordination and the operator.
enum ProcessingRegisterPages {
    static func show(_ visit: Visit) async throws -> Answer {
        try require(visit)
        let settings = visit.reception.settings
        var head = PageHead("Registre des traitements")
        head.isIndexed = false
        return visit.page(head) { html in
            html.h1("Registre des activités de traitement")
            html.p(
                "Article\u{A0}30 du règlement général sur la protection des données. Écrit par le programme le "
                    + "\(Format.day(visit.now)), d’après ce qu’il applique.", .class("lead"))
            html.add(
                DefinitionList([
                    .init("Responsable du traitement", settings.networkName),
                    .init("Contact", settings.contactEmail),
                    .init("Transferts hors de l’Union européenne", "aucun par ce programme"),
                    .init("Sous-traitants", "l’hébergeur du serveur et de son courriel, à nommer ici"),
                ]))
            html.p { $0.a("Télécharger le registre (CSV)", .href(Paths.processingRegisterFile)) }
            html.h2("Mesures de sécurité, communes à tous les traitements")
            html.ul { html in
                for measure in measures { html.li(measure) }
            }
            for (place, group) in DataRegister.byProcessing.enumerated() {
                html.h2("\(place + 1). \(group.processing.name)")
                html.add(
                    DefinitionList([
                        .init("Finalité", group.processing.purpose),
                        .init("Base", group.processing.basis.label),
                        .init("Personnes concernées", Format.list(people(of: group.tables))),
                        .init("Destinataires", group.processing.recipients),
                    ]))
                html.add(
                    DataTable(
                        "\(group.processing.name)\u{202F}: données et durées", rows: group.tables,
                        id: "traitement-\(place)",
                        columns: [
                            .init("Données", text: { $0.purpose }),
                            .init("Durée et sort", text: { RetentionWords.term($0) }),
                            .init("À la fermeture du compte", text: { RetentionWords.closing($0) }),
                            .init("Table", text: { $0.table }),
                        ]))
            }
        }
    }

    static func file(_ visit: Visit) async throws -> Answer {
        try require(visit)
        var csv = CSVWriter(separator: UInt8(ascii: ";"), byteOrderMark: true)
        csv.record([
            "Traitement", "Finalité", "Base", "Personnes", "Données", "Table", "Colonnes", "Durée et sort",
            "À la fermeture du compte", "Destinataires",
        ])
        for group in DataRegister.byProcessing {
            for table in group.tables {
                csv.record([
                    group.processing.name, group.processing.purpose, group.processing.basis.label,
                    people(of: [table]).joined(separator: ", "), table.purpose, table.table,
                    table.naming.joined(separator: ", "), RetentionWords.term(table), RetentionWords.closing(table),
                    group.processing.recipients,
                ])
            }
        }
        return Answer.file(csv.take(), type: "text/csv; charset=utf-8", savedAs: "registre-des-traitements.csv")
            .with(.cacheControl, "no-store")
    }

    private static func require(_ visit: Visit) throws {
        guard visit.principal.isCoordinator || visit.principal.isOperator else { throw Denied() }
    }

    private static func people(of tables: [DataDeclaration]) -> [String] {
        let found = Set(tables.flatMap(\.people))
        return DataDeclaration.People.allCases.filter { found.contains($0) }.map(\.label)
    }

    private static let measures = [
        "Chiffrement des échanges, cookies inaccessibles aux scripts, aucune ressource d’un autre site.",
        "Mots de passe hachés (Argon2id), liens et sessions conservés sous forme d’empreintes.",
        "Droits relus à chaque demande, refus qui n’apprennent rien, brouillons lus par leurs seuls auteurs.",
        "Journal des actes scellé ligne à ligne, sans nom ni adresse\u{202F}; journal technique sans donnée personnelle.",
        "Sauvegardes vérifiées\u{202F}; effacements réappliqués après une restauration.",
    ]
}

extension Paths {
    static let processingRegister = "/registre-des-traitements"
    static let processingRegisterFile = "/registre-des-traitements.csv"
}
