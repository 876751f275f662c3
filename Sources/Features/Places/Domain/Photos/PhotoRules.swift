/// What is asked of the words beside a photo (PHO-4). Pure; the form and the acts ask the same functions.
public enum PhotoRules {
    public static let longestAlternative = 250
    public static let longestCredit = 120

    /// The words in their canonical form. `licence` is a code. Throws `Problems` under `alternative`, `credit`, `licence`.
    public static func words(alternative: String, credit: String, licence: String) throws -> PlacePhoto.Words {
        var problems = Problems()
        let alternative = TextForm.oneLine(alternative)
        let credit = TextForm.oneLine(credit)
        if alternative.isEmpty {
            problems.add(
                "alternative",
                "Décrivez la photo en une phrase\u{202F}: elle sera lue à ceux qui ne la voient pas, par exemple "
                    + "«\u{A0}Six personnes autour d’un établi, dans une grange aux murs de brique\u{A0}».")
        } else if alternative.count > longestAlternative {
            problems.add(
                "alternative",
                "Pas plus de \(longestAlternative) caractères (\(alternative.count) écrits)\u{202F}: dites l’essentiel, "
                    + "le reste a sa place dans la description du lieu.")
        }
        if credit.isEmpty {
            problems.add("credit", "Écrivez le nom de la personne ou de la structure qui a pris la photo.")
        } else if credit.count > longestCredit {
            problems.add("credit", "Pas plus de \(longestCredit) caractères (\(credit.count) écrits).")
        }
        let known = PhotoLicence(rawValue: licence)
        if known == nil { problems.add("licence", "Choisissez ce que d’autres peuvent faire de cette photo.") }
        try problems.throwIfAny()
        return PlacePhoto.Words(alternative: alternative, credit: credit, licence: known ?? .reserved)
    }
}
