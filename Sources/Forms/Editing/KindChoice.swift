/// One kind of question as the builder offers it: what it is, in plain French, with an example.
public struct KindChoice: Sendable, Equatable {
    /// The word of the file (`QuestionKind.word`).
    public let word: String
    public let name: String
    public let explanation: String
    public let example: String

    private init(_ word: String, _ name: String, _ explanation: String, _ example: String) {
        self.word = word
        self.name = name.narrow
        self.explanation = explanation.narrow
        self.example = example.narrow
    }

    /// Kinds that go together, under a title.
    public struct Family: Sendable, Equatable {
        public let title: String
        public let choices: [KindChoice]
    }

    /// Every kind, once each, the most used first.
    public static let families: [Family] = [
        Family(
            title: "Écrire",
            choices: [
                KindChoice("shortText", "Texte court", "Une ligne.", "Nom du projet"),
                KindChoice(
                    "longText", "Texte long", "Plusieurs lignes, avec un compteur de caractères.", "Décrivez le projet"),
            ]),
        Family(
            title: "Choisir",
            choices: [
                KindChoice("yesNo", "Oui ou non", "Deux boutons.", "Le lieu est-il ouvert ?"),
                KindChoice(
                    "oneOf", "Un choix", "Une seule réponse dans une liste.", "Statut : association, SCIC, SAS…"),
                KindChoice(
                    "severalOf", "Plusieurs choix", "Des cases à cocher.", "Activités : fabrication, formation, café…"),
            ]),
        Family(
            title: "Compter et dater",
            choices: [
                KindChoice("number", "Nombre", "Entier ou avec des décimales.", "Surface en m² : 250"),
                KindChoice("money", "Montant", "En euros.", "Montant demandé : 12 500 €"),
                KindChoice("date", "Date", "Un jour.", "Date de création : 16/10/2020"),
                KindChoice("period", "Période", "Du… au…", "Dates du projet"),
                KindChoice(
                    "computed", "Calcul", "Rien à saisir : le résultat s’affiche.", "Part d’aide publique : 62 %"),
            ]),
        Family(
            title: "Lieux, personnes et structures",
            choices: [
                KindChoice("commune", "Commune", "Choisie dans la liste officielle.", "Lens (62)"),
                KindChoice("address", "Adresse", "Rue, code postal, commune.", "4 rue de l’Essai, 62300 Lens"),
                KindChoice("place", "Tiers-lieu du réseau", "Choisi dans l’annuaire.", "La Fabrique d’essai"),
                KindChoice(
                    "person", "Personne", "Prénom, nom, fonction, courriel, téléphone.", "Qui suit le dossier ?"),
                KindChoice("email", "Courriel", "Vérifié à la saisie.", "contact@lieu.example"),
                KindChoice("phone", "Téléphone", "Vérifié à la saisie.", "01 99 00 12 34"),
                KindChoice("url", "Adresse de site", "Vérifiée à la saisie.", "https://lieu.example"),
                KindChoice("siret", "SIRET", "14 chiffres, clé vérifiée.", "Numéro de la structure porteuse"),
                KindChoice("rna", "Numéro RNA", "« W » et 9 chiffres.", "Numéro de l’association"),
            ]),
        Family(
            title: "Plusieurs lignes",
            choices: [
                KindChoice(
                    "table", "Tableau", "Des colonnes, des lignes fixes ou libres, des totaux.",
                    "Budget : charges et montants"
                ),
                KindChoice(
                    "group", "Bloc répété", "Les mêmes questions, autant de fois qu’il faut.",
                    "Chaque membre de l’équipe : nom, rôle, temps"),
            ]),
        Family(
            title: "Justifier et s’engager",
            choices: [
                KindChoice(
                    "attachment", "Pièce jointe", "Un ou plusieurs fichiers, avec une durée de validité.",
                    "Statuts, RIB, devis"),
                KindChoice(
                    "sworn", "Attestation", "Une phrase à certifier ; son texte est daté et gardé.",
                    "Je certifie l’exactitude des informations"),
            ]),
    ]

    public static let all: [KindChoice] = families.flatMap(\.choices)

    /// Those that a column of a group or table may be.
    public static let columns: [KindChoice] = all.filter {
        !["group", "table", "attachment", "sworn"].contains($0.word)
    }

    public static func named(_ word: String) -> KindChoice? { all.first { $0.word == word } }
}

extension QuestionKind {
    /// A kind to begin with, by its word; nil for an unknown word. Choices begin without options, which `FormCheck` asks for.
    public static func blank(_ word: String) -> QuestionKind? {
        switch word {
        case "shortText": .shortText()
        case "longText": .longText()
        case "number": .number()
        case "money": .money(min: 0)
        case "date": .date()
        case "period": .period()
        case "yesNo": .yesNo
        case "oneOf": .oneOf([])
        case "severalOf": .severalOf([])
        case "commune": .commune
        case "address": .address
        case "siret": .siret
        case "rna": .rna
        case "email": .email
        case "phone": .phone
        case "url": .url
        case "place": .place
        case "person": .person
        case "attachment": .attachment(AttachmentRules())
        case "group": .group(columns: [Question("nom", "Nom", .shortText(), .required)])
        case "table":
            .table(
                TableLayout(
                    columns: [
                        Question("poste", "Poste", .shortText(), .required),
                        Question("montant", "Montant", .money(min: 0), .required),
                    ], rows: .free(min: 1, max: 20), totals: ["montant"]))
        case "computed": .computed(.number(.zero), unit: .number)
        case "sworn": .sworn(text: "Je certifie que les informations données sont exactes.", version: 1)
        default: nil
        }
    }

    /// The kind of this word, with what it can keep of the present one: options, columns, lengths, bounds.
    public func changed(to word: String) -> QuestionKind? {
        guard word != self.word else { return self }
        switch (self, word) {
        case (.shortText(let limit), "longText"): return .longText(maxLength: limit)
        case (.longText(let limit), "shortText"): return .shortText(maxLength: limit)
        case (.oneOf(let options), "severalOf"): return .severalOf(options)
        case (.severalOf(let options, _, _), "oneOf"): return .oneOf(options)
        case (.yesNo, "oneOf"): return .oneOf([QuestionOption("oui", "Oui"), QuestionOption("non", "Non")])
        case (.number(let least, let most, _), "money"): return .money(min: least?.cents, max: most?.cents)
        case (.money(let least, let most), "number"):
            return .number(
                min: least.flatMap { ExactNumber(cents: $0) }, max: most.flatMap { ExactNumber(cents: $0) }, decimals: 2
            )
        case (.group(let columns, let least, let most), "table"):
            return .table(TableLayout(columns: columns, rows: .free(min: least, max: most)))
        case (.table(let layout), "group"):
            let bounds = rowBounds
            return .group(columns: layout.columns, minRows: bounds?.lowerBound ?? 0, maxRows: bounds?.upperBound ?? 20)
        default: return .blank(word)
        }
    }
}
