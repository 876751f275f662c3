import Maillage

/// The ten territorial and eight thematic circles of the network of the Hauts-de-France.
enum DemoCircles {
    static let all: [CreateCircle] = [
        territorial("MEL", "MEL", "La métropole lilloise et ses voisines."),
        territorial("FLA", "Flandre", "De Bailleul à Hazebrouck et aux monts de Flandre."),
        territorial("LIT", "Littoral", "De Dunkerque à Berck, le long de la mer."),
        territorial("SAT", "Sambre-Avesnois-Thiérache", "Le bocage, de Maubeuge à Vervins."),
        territorial("VAL", "Valenciennois", "Le long de l’Escaut, de Denain à Condé."),
        territorial("LEN", "Lensois", "L’ancien bassin minier, de Lens à Béthune."),
        territorial("SOM", "Somme", "D’Amiens à la baie."),
        territorial("SAI", "Sud-Aisne", "Le Soissonnais et l’Omois."),
        territorial("OIS", "Oise", "De Beauvais à Noyon."),
        territorial("DPE", "Douaisis-Pévèle", "De Douai à Orchies."),
        thematic("REM", "Reactiv’Maker", "Fabriquer et distribuer ensemble, de la conception au catalogue."),
        thematic("ALI", "Alimentation", "Jardins, cantines, épiceries et espaces-tests."),
        thematic("INC", "Inclusion", "Accueillir chacun, avec ou sans numérique."),
        thematic("TEC", "Transition écologique", "Sobriété, réemploi et énergie."),
        thematic("FON", "Problématiques foncières", "Trouver, tenir et partager des murs."),
        thematic("USE", "Utilité sociale et évaluation", "Dire et mesurer ce que les lieux changent."),
        thematic("CAF", "Cafés culturels et associatifs", "Les cafés qui font vivre un village ou un quartier."),
        thematic("ENT", "Offre aux entreprises", "Ce que les lieux proposent aux entreprises du coin."),
    ]

    private static func territorial(_ code: String, _ name: String, _ summary: String) -> CreateCircle {
        CreateCircle(code: code, name: name, kind: .territorial, summary: summary)
    }

    private static func thematic(_ code: String, _ name: String, _ summary: String) -> CreateCircle {
        CreateCircle(code: code, name: name, kind: .thematic, summary: summary)
    }
}
