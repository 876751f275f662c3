import Exchange

extension Sheet {
    /// The opening hours with the exceptional closings and openings put in; nil when there are none that can be read.
    ///
    /// Exceptions are rules of the same syntax, after the ordinary ones: the later rule wins.
    public var openingHours: OpeningHours? {
        let ordinary = text(.hours)
        guard !ordinary.isEmpty, let hours = try? OpeningHours(parsing: ordinary) else { return nil }
        let exceptions = rows(.closures).compactMap(Self.rule)
        if exceptions.isEmpty { return hours }
        return (try? OpeningHours(parsing: ([ordinary] + exceptions).joined(separator: "; "))) ?? hours
    }

    private static func rule(_ closure: [String: String]) -> String? {
        guard let from = CivilDate(iso: closure["du"] ?? ""), let to = CivilDate(iso: closure["au"] ?? ""), from <= to
        else {
            return nil
        }
        let reason = (closure["motif"] ?? "").filter { $0 != "\"" }
        let times = closure["horaires"] ?? ""
        return "\(day(from))-\(day(to)) \(times.isEmpty ? "off" : times)" + (reason.isEmpty ? "" : " \"\(reason)\"")
    }

    private static func day(_ date: CivilDate) -> String {
        "\(date.year) \(months[date.month - 1]) \(date.day < 10 ? "0" : "")\(date.day)"
    }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}
