/// What the doctor found of one thing.
struct DoctorFinding: Sendable, Equatable {
    enum Grade: String, Sendable {
        case ok
        /// The site works, and something will be missed one day.
        case warning
        /// The site does not work, or what it promises does not hold.
        case fault
    }

    /// What was looked at, in a word or two.
    let subject: String
    let grade: Grade
    /// What was found.
    let words: String
    /// What to do about it.
    let mend: String?

    static func ok(_ subject: String, _ words: String) -> DoctorFinding {
        DoctorFinding(subject: subject, grade: .ok, words: words, mend: nil)
    }

    static func warning(_ subject: String, _ words: String, mend: String) -> DoctorFinding {
        DoctorFinding(subject: subject, grade: .warning, words: words, mend: mend)
    }

    static func fault(_ subject: String, _ words: String, mend: String) -> DoctorFinding {
        DoctorFinding(subject: subject, grade: .fault, words: words, mend: mend)
    }

    /// One line of a terminal.
    var line: String {
        let head = Self.padded(grade.rawValue, 8) + Self.padded(subject, 16)
        return (head + words + (mend.map { " -> " + $0 } ?? ""))
            .split(whereSeparator: \.isNewline).joined(separator: " ")
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.count))
    }
}
