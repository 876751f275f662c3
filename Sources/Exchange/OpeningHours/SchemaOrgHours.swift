/// One `openingHoursSpecification` of schema.org.
public struct SchemaOrgHours: Sendable, Hashable {
    /// Addresses such as `https://schema.org/Monday`; `https://schema.org/PublicHolidays` for holidays.
    public let daysOfWeek: [String]
    /// `09:00`.
    public let opens: String
    /// `12:00`; the same as `opens` (00:00) for a closed day, as search engines read it; `23:59` for midnight.
    public let closes: String
    /// First and last day, for exceptions.
    public let validFrom: CivilDate?
    public let validThrough: CivilDate?
}

extension OpeningHours {
    private static let schemaDays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

    /// The ordinary week, closed public holidays and dated closings, for `openingHoursSpecification`.
    /// Empty when there is no ordinary week or the hours are doubtful; exceptions that fit no value are left out.
    public var schemaOrg: [SchemaOrgHours] {
        guard !isDoubtful, let week else { return [] }
        var values: [SchemaOrgHours] = []
        for group in groupedDays(week.days) {
            let days = group.days.map { "https://schema.org/\(Self.schemaDays[$0 - 1])" }
            for segment in group.item where segment.state == .open {
                values.append(
                    SchemaOrgHours(
                        daysOfWeek: days, opens: Self.clock(segment.start), closes: Self.clock(segment.end),
                        validFrom: nil, validThrough: nil))
            }
        }
        for rule in week.exceptions where rule.state == .closed && rule.spans.isEmpty {
            if rule.isPublicHolidays {
                values.append(Self.closedDay(["https://schema.org/PublicHolidays"], nil, nil))
            } else if rule.days.isEmpty, rule.years.isEmpty, rule.weeks.isEmpty, rule.holidayFilter.isEmpty {
                for case .days(let from, let to, step: 1) in rule.dates {
                    guard let year = from.year, let (first, last) = OpeningRule.Dates.range(from, to, year) else {
                        continue
                    }
                    values.append(Self.closedDay([], first, last))
                }
            }
        }
        return values
    }

    private static func closedDay(_ days: [String], _ from: CivilDate?, _ to: CivilDate?) -> SchemaOrgHours {
        SchemaOrgHours(daysOfWeek: days, opens: "00:00", closes: "00:00", validFrom: from, validThrough: to)
    }

    private static func clock(_ minutes: Int) -> String {
        minutes == 1440 ? "23:59" : OpeningRule.Hour.clock(minutes % 1440).syntax
    }
}
