import Exchange
import Forms
import Storage

/// Which communes are in the zonings that a form's conditions name, as the register has it on a day.
///
/// A zoning is named by its kind, or by its kind and edition: « QPV », « QPV 2024 », « FRR ». Without an edition, those in force on
/// the day count. A commune is in a zoning when the register says so of it, even if only a part of it is a priority district.
enum FormZonings {
    /// For each name that the register can answer, those of the communes that are in it. A kind, or an edition, that the register
    /// does not hold is left out: conditions on it stay unknown. Two statements at most, whatever is asked.
    static func known(
        _ names: Set<String>, communes: Set<String>, on day: CivilDate, _ reader: Reader
    ) throws -> [String: Set<String>] {
        guard !names.isEmpty else { return [:] }
        let held = try reader.all("SELECT DISTINCT kind, edition FROM zoning ORDER BY kind, edition") {
            (kind: try $0.text(0).uppercased(), edition: try $0.text(1))
        }
        let found = try memberships(of: communes, on: day, reader)
        var zonings: [String: Set<String>] = [:]
        for name in names {
            let (kind, edition) = parts(of: name)
            guard held.contains(where: { $0.kind == kind && (edition.isEmpty || $0.edition == edition) }) else {
                continue
            }
            zonings[name] = Set(
                found.filter {
                    $0.kind == kind && (edition.isEmpty ? $0.isInForce : $0.edition == edition)
                }.map(\.commune))
        }
        return zonings
    }

    /// « QPV 2024 » is the kind « QPV » in its edition « 2024 ».
    static func parts(of name: String) -> (kind: String, edition: String) {
        let words = name.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
        return (words.first.map { $0.uppercased() } ?? "", words.count > 1 ? String(words[1]) : "")
    }

    private typealias Membership = (kind: String, edition: String, commune: String, isInForce: Bool)

    private static func memberships(
        of communes: Set<String>, on day: CivilDate, _ reader: Reader
    ) throws -> [Membership] {
        guard !communes.isEmpty else { return [] }
        let date = day.description
        return try reader.all(
            """
            SELECT zoning.kind, zoning.edition, zoning_commune.commune, zoning.starts_on, zoning.ends_on
            FROM zoning_commune
            JOIN zoning ON zoning.kind = zoning_commune.kind AND zoning.code = zoning_commune.code
                AND zoning.edition = zoning_commune.edition
            WHERE zoning_commune.commune IN \(list: communes.sorted())
            ORDER BY zoning.kind, zoning.edition, zoning_commune.commune
            """
        ) { row in
            let (starts, ends) = (try row.text(3), try row.optionalText(4))
            return (
                kind: try row.text(0).uppercased(), edition: try row.text(1), commune: try row.text(2),
                isInForce: starts <= date && (ends.map { $0 >= date } ?? true)
            )
        }
    }
}
