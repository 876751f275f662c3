import Exchange

/// A form as one readable file: JSON in a fixed order, described in docs/FORMS.md.
public enum FormFile {
    /// The value of the file's first member.
    public static let format = "maillage-form"
    public static let formatVersion = 1
    /// Longest file that is read, in bytes.
    public static let maxBytes = 4 << 20

    /// The file of a form; the same form always gives the same bytes.
    public static func write(_ form: Form) -> [UInt8] { ReadableJSON.bytes(of: .object(FormWriter.object(form))) }

    /// Reads a file. The form is well written; whether it holds together is for `FormCheck` to say.
    ///
    /// - Throws: `FormFileProblems`, with the line of each problem.
    public static func read(_ bytes: [UInt8]) throws(FormFileProblems) -> Form {
        guard bytes.count <= maxBytes else {
            throw FormFileProblems(list: [
                FormFileProblem(line: 1, column: 1, message: "Ce fichier dépasse \(maxBytes >> 20) Mo.")
            ])
        }
        let json: JSONValue
        do {
            json = try JSONValue.parse(bytes, limits: JSONLimits(depth: 24, values: 500_000), byteOrderMark: .skip)
        } catch let problem as JSONProblem {
            throw FormFileProblems(list: [
                FormFileProblem(
                    line: problem.line, column: problem.column, message: "Ce n’est pas du JSON (\(problem.reason)).")
            ])
        } catch {
            throw FormFileProblems(list: [FormFileProblem(line: 1, column: 1, message: "Ce n’est pas du JSON.")])
        }
        var reader = FormReader(bytes: bytes)
        let form = reader.form(json)
        guard let form, reader.problems.isEmpty else { throw FormFileProblems(list: reader.problems) }
        return form
    }
}

/// Something in a form's file that is not understood.
public struct FormFileProblem: Sendable, Equatable, CustomStringConvertible {
    /// The line and the byte in it, from 1.
    public let line: Int
    public let column: Int
    /// Plain French.
    public let message: String

    public init(line: Int, column: Int, message: String) {
        self.line = line
        self.column = column
        self.message = message
    }

    /// `ligne 12, colonne 5 : …`
    public var description: String { "ligne \(line), colonne \(column)\u{202F}: \(message)" }
}

/// Every problem of a file that was refused.
public struct FormFileProblems: Error, Sendable, Equatable {
    public let list: [FormFileProblem]
}
