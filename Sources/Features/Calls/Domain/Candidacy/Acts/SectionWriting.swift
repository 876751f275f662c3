import Exchange
import Forms
import Storage

/// What somebody sends of a section, laid over answers that others may have changed since it was shown: of a draft and of a part alike.
struct SectionWriting {
    /// The answers that stand, with what was sent.
    private(set) var answers: Answers
    /// The questions whose answers are others now, in the order they were sent.
    private(set) var changed: [String] = []
    /// Answers too heavy to be kept: the former ones stay.
    let refused: [AnswerProblem]

    /// The longest document of answers, in bytes.
    static let longest = 4_000_000

    /// Only the questions of the section are read: a field of another changes nothing.
    ///
    /// - Parameters:
    ///   - shown: the answers as they were shown, and the questions that somebody touched since.
    ///   - standing: the answers as they are at `version`.
    /// - Throws: `CandidacyConflict` when somebody else answered one of these questions otherwise since.
    init(
        _ fields: [URLEncodedForm.Field], of section: FormSection, shown: (answers: Answers, touched: Set<String>),
        over standing: Answers, at version: Int, _ reader: Reader
    ) throws {
        let reading = try Self.read(fields, section, shown.answers)
        refused = reading.refused
        let changes = try reading.changes.map { change in
            (
                key: change.key,
                value: try AnswerCommunes.recognised(change.value, former: shown.answers[change.key], reader)
            )
        }.filter { $0.value != shown.answers[$0.key] }
        let clashes = changes.compactMap { change -> CandidacyConflict.Clash? in
            let theirs = standing[change.key]
            guard shown.touched.contains(change.key), theirs != change.value else { return nil }
            return CandidacyConflict.Clash(key: change.key, mine: change.value, theirs: theirs)
        }
        guard clashes.isEmpty else { throw CandidacyConflict(current: version, clashes: clashes) }
        answers = standing
        for (key, value) in changes where answers[key] != value {
            answers[key] = value
            changed.append(key)
        }
    }

    /// - Throws: `Conflict` when nobody can have been shown one of these versions.
    static func require(_ version: Int, _ versions: [String: Int], upTo current: Int) throws {
        let known = 1...current
        guard known.contains(version), versions.values.allSatisfy(known.contains) else {
            throw Conflict(current: current)
        }
    }

    private static func read(
        _ fields: [URLEncodedForm.Field], _ section: FormSection, _ shown: Answers
    ) throws -> FormFields.Reading {
        let part = Form(key: "section", title: section.title, sections: [section])
        do throws(FormFields.TooHeavy) {
            return try FormFields.read(fields, form: part, current: shown)
        } catch {
            throw Problems("", error.message)
        }
    }
}
