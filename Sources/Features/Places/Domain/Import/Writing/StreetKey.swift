/// An address made comparable: folded, with the abbreviations of the postal style written out (« 3 PL DE LA MAIRIE » and
/// « 3, place de la Mairie » are one).
enum StreetKey {
    static func of(_ address: String) -> String {
        let words = Words.folded(address)
        // « 0 rue du Port »: some forms ask for a number where there is none.
        return (words.first == "0" ? words.dropFirst() : words[...]).map { written[$0] ?? $0 }.joined(separator: " ")
    }

    /// The abbreviations of the standard NF Z 10-011 that lists use most.
    private static let written: [String: String] = [
        "all": "allee", "av": "avenue", "ave": "avenue", "bd": "boulevard", "bld": "boulevard", "blvd": "boulevard",
        "ch": "chemin", "che": "chemin", "chem": "chemin", "crs": "cours", "esp": "esplanade", "fg": "faubourg",
        "fbg": "faubourg", "imp": "impasse", "lot": "lotissement", "pass": "passage", "pl": "place", "qu": "quai",
        "r": "rue", "res": "residence", "rte": "route", "sq": "square", "za": "zone d activite",
        "cdt": "commandant", "col": "colonel", "dr": "docteur", "gal": "general", "gen": "general", "mal": "marechal",
        "pdt": "president", "st": "saint", "ste": "sainte",
    ]
}
