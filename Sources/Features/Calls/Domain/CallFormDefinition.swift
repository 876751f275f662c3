import Forms

/// What may be the form of a call: a file that reads, and a form that holds together.
enum CallFormDefinition {
    /// Longest definition that is taken, in bytes.
    static let maxBytes = 2_000_000

    /// The form of a definition.
    ///
    /// - Throws: `Problems` on the field `definition`, in French: all that is not understood with its line, or all that does
    ///   not hold together with its place (`section.question`).
    static func form(_ definition: String) throws(Problems) -> Form {
        guard definition.utf8.count <= maxBytes else {
            throw Problems("definition", "Ce dossier dépasse deux mégaoctets.")
        }
        var problems = Problems()
        do {
            let form = try FormFile.read(Array(definition.utf8))
            let issues = FormCheck.issues(of: form)
            guard issues.contains(where: { $0.severity == .blocking }) else { return form }
            for issue in issues {
                problems.add(
                    "definition", issue.place.isEmpty ? issue.message : "\(issue.place)\u{202F}: \(issue.message)")
            }
        } catch {
            for problem in error.list { problems.add("definition", problem.description) }
        }
        throw problems
    }

    /// The file that is kept: what a form says, whatever the spaces and the number it was typed with.
    static func text(_ form: Form, version: Int) -> String {
        var form = form
        form.version = version
        return String(decoding: FormFile.write(form), as: UTF8.self)
    }
}

extension CallForm {
    /// The questions themselves.
    ///
    /// - Throws: `FormFileProblems`; never for a form that `SetCallForm` wrote.
    public func questions() throws -> Form { try FormFile.read(Array(definition.utf8)) }
}
