/// Public holidays of France, by the territory where the place stands.
///
/// Source: Code du travail, art. L3133-1 (the eleven national days), L3134-13 (Alsace-Moselle), L3422-2 (overseas);
/// local usage for Polynésie, Nouvelle-Calédonie, Wallis-et-Futuna.
public struct FrenchHolidays: Sendable, Hashable {
    /// Département or collectivity code that decides of the extra days; nil for the national days alone.
    ///
    /// In Moselle, Bas-Rhin and Haut-Rhin Good Friday is counted, although the law grants it only in communes that
    /// have a Protestant church.
    public let departement: String?

    public init(departement: String? = nil) {
        self.departement = departement
    }

    /// French name of the holiday of a day, such as `Lundi de Pâques`; nil when it is not one.
    public func name(of date: CivilDate) -> String? {
        if let fixed = fixedName(date.month, date.day) { return fixed }
        guard let easter = CivilDate.easter(date.year) else { return nil }
        switch date.daysSince1970 - easter.daysSince1970 {
        case 1: return "Lundi de Pâques"
        case 39: return "Ascension"
        case 50: return "Lundi de Pentecôte"
        case -2 where isAlsaceMoselle || isPolynesie || isAntilles: return "Vendredi saint"
        default: return nil
        }
    }

    /// Whether a day is a public holiday.
    public func contains(_ date: CivilDate) -> Bool {
        name(of: date) != nil
    }

    private var isAlsaceMoselle: Bool { ["57", "67", "68", "6AE"].contains(departement) }
    private var isPolynesie: Bool { departement == "987" }
    /// Good Friday is a custom of the Antilles, not a duty of the law: it is counted, since places do close.
    private var isAntilles: Bool { departement == "971" || departement == "972" }

    private func fixedName(_ month: Int, _ day: Int) -> String? {
        switch (month, day) {
        case (1, 1): return "Jour de l’an"
        case (5, 1): return "Fête du Travail"
        case (5, 8): return "Victoire de 1945"
        case (7, 14): return "Fête nationale"
        case (8, 15): return "Assomption"
        case (11, 1): return "Toussaint"
        case (11, 11): return "Armistice de 1918"
        case (12, 25): return "Noël"
        case (12, 26): return isAlsaceMoselle ? "Saint Étienne" : nil
        default: return overseasName(month, day)
        }
    }

    private func overseasName(_ month: Int, _ day: Int) -> String? {
        switch (departement, month, day) {
        case ("971", 5, 27), ("972", 5, 22), ("973", 6, 10), ("974", 12, 20), ("976", 4, 27), ("977", 10, 9),
            ("978", 5, 28):
            "Abolition de l’esclavage"
        case ("971", 7, 21), ("972", 7, 21): "Victor Schœlcher"
        case ("987", 3, 5): "Arrivée de l’Évangile"
        case ("987", 6, 29): "Autonomie interne"
        case ("988", 9, 24): "Fête de la citoyenneté"
        case ("986", 4, 28): "Saint Pierre Chanel"
        case ("986", 7, 29): "Fête du territoire"
        default: nil
        }
    }
}
