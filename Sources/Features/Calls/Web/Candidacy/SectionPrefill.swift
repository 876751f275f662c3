import Exchange
import Forms
import Maillage

/// Answers proposed by the address a form was opened with: `?r.titre=La%20Fosse`. Only questions answered by one plain text take one,
/// only while they have no answer, and nothing is saved before the reader saves it (CAND-24). Described in docs/FORMS.md.
enum SectionPrefill {
    static let prefix = "r."
    /// Bytes of one proposed answer.
    static let longest = 4_000

    /// The proposals in a query or a form, in order.
    static func proposals(in fields: Fields) -> [(String, String?)] {
        fields.all.filter { field in
            field.name.hasPrefix(prefix) && field.value.utf8.count <= longest
                && FormKey.isName(field.name.dropFirst(prefix.count))
        }.prefix(50).map { ($0.name, $0.value) }
    }

    /// Those that suit the empty questions of a section, by key.
    static func values(_ query: Fields, _ section: FormSection, _ answers: Answers) -> [String: String] {
        var values: [String: String] = [:]
        for (name, value) in proposals(in: query) {
            let key = String(name.dropFirst(prefix.count))
            guard let value, !value.allSatisfy(\.isWhitespace), answers[key] == nil,
                let question = section.questions.first(where: { $0.key == key }), isPlain(question.kind)
            else { continue }
            values[key] = value
        }
        return values
    }

    private static func isPlain(_ kind: QuestionKind) -> Bool {
        switch kind {
        case .shortText, .longText, .number, .money, .date, .siret, .rna, .email, .phone, .url: true
        default: false
        }
    }
}
