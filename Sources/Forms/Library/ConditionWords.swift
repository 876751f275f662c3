/// Conditions in one word, for forms written in Swift.
extension Condition {
    /// The question is answered « oui ».
    public static func yes(_ key: String) -> Condition { .comparison(.reference(Reference(key)), .equal, .flag(true)) }

    /// The question has this value: the key of an option.
    public static func chosen(_ key: String, _ option: String) -> Condition {
        .comparison(.reference(Reference(key)), .equal, .text(option))
    }

    public static func chosen(_ key: String, among options: [String]) -> Condition {
        .oneOf(.reference(Reference(key)), options)
    }

    /// The candidacy is at one of these maturities.
    public static func maturity(_ keys: String...) -> Condition { .oneOf(.maturity, keys) }
}

extension Formula {
    /// The value of a question, or the sum of a column of a table.
    public static func of(_ key: String, _ part: String? = nil) -> Formula {
        .reference(Reference(key: key, path: part.map { [$0] } ?? []))
    }

    /// A whole number of euros, or any whole number.
    public static func whole(_ number: Int) -> Formula { .number(ExactNumber(number) ?? .zero) }

    /// That many hundredths: 80 is 80 %.
    public static func percent(_ hundredths: Int) -> Formula { .number(ExactNumber(cents: hundredths) ?? .zero) }
}
