import Exchange

@testable import Forms

/// Small forms to try things on.
enum SampleForms {
    static func form(_ questions: [Question], rules: [FormRule] = []) -> Form {
        Form(key: "essai", title: "Essai", sections: [FormSection("tout", "Tout", questions: questions)], rules: rules)
    }

    static let options = [QuestionOption("cafe", "Café"), QuestionOption("fablab", "Fablab")]

    /// One question of every kind.
    static let kinds: [Question] = [
        Question("nom", "Nom", .shortText(maxLength: 10)), Question("resume", "Résumé", .longText(maxLength: 20)),
        Question("surface", "Surface", .number(min: .zero, max: ExactNumber(1_000), decimals: 1)),
        Question("montant", "Montant", .money(min: 100_00, max: 5_000_00)),
        Question("ouverture", "Ouverture", .date(min: CivilDate(year: 2020, month: 1, day: 1))),
        Question("calendrier", "Calendrier", .period(maxDays: 366)), Question("erp", "ERP", .yesNo),
        Question("famille", "Famille", .oneOf(options)),
        Question("services", "Services", .severalOf(options + [QuestionOption("bar", "Bar")], min: 1, max: 2)),
        Question("commune", "Commune", .commune), Question("adresse", "Adresse", .address),
        Question("siret", "SIRET", .siret), Question("rna", "RNA", .rna), Question("courriel", "Courriel", .email),
        Question("telephone", "Téléphone", .phone), Question("site", "Site", .url), Question("lieu", "Lieu", .place),
        Question("contact", "Contact", .person),
        Question("rib", "RIB", .attachment(AttachmentRules([.pdf], maxBytes: 1_000_000, maxCount: 1, validMonths: 3))),
        Question(
            "partenaires", "Partenaires",
            .group(
                columns: [
                    Question("nom", "Nom", .shortText(), .required), Question("apport", "Apport", .money()),
                ], minRows: 1, maxRows: 3)),
        Question(
            "budget", "Budget",
            .table(
                TableLayout(
                    columns: [
                        Question("quantite", "Quantité", .number()), Question("prix", "Prix", .money()),
                        Question(
                            "cout", "Coût",
                            .computed(
                                .arithmetic(.times, .reference(Reference("quantite")), .reference(Reference("prix"))),
                                unit: .money)),
                    ], rows: .fixed([TableRow("60", "Achats"), TableRow("61", "Services")]), totals: ["cout"]))),
        Question("total", "Total", .computed(.reference(Reference("budget", "cout")), unit: .money)),
        Question("honneur", "Honneur", .sworn(text: "Je certifie.", version: 2)),
    ]
}

/// A small, seeded source of chance (SplitMix64): a failing case can be played again.
struct Chance: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
