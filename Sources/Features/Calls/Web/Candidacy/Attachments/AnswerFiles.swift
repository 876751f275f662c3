import Forms
import Maillage
import Markup

/// Where the documents of an answer are downloaded from: the candidacy's own pages, or the deposit that a call's team reads.
enum AnswerFileLinks {
    case own(Candidacy.ID)
    case opened(slug: String, Candidacy.ID)
    /// Pages of a later room.
    case elsewhere((CandidacyFile.ID) -> String)

    /// Nil when the answer names no file of ours.
    func path(of file: AnswerFile) -> String? {
        guard let id = CandidacyFile.ID(text: file.id) else { return nil }
        return switch self {
        case .own(let candidacy): Paths.candidacyFile(candidacy, id)
        case .opened(let slug, let candidacy): Paths.callCandidacyFile(slug, candidacy, id)
        case .elsewhere(let path): path(id)
        }
    }
}

/// The documents of an answer, to read.
struct AnswerFiles: View {
    var files: [AnswerFile]
    var links: AnswerFileLinks?

    func render(into html: inout HTML) {
        html.ul(.class("file-list")) { html in
            for file in files {
                html.li { html in
                    if let path = links?.path(of: file) {
                        html.a(file.name, .href(path))
                    } else {
                        html.text(file.name)
                    }
                    html.span(" \(file.family.label), \(Format.fileSize(bytes: file.bytes))", .class("muted"))
                }
            }
        }
    }
}

/// A question that asks for documents, among the others of its section: what is there, and the way to add some. The button
/// saves what was typed first, so that nothing is lost on the way.
struct AttachmentControl: View {
    var question: Question
    var label: String
    var files: [AnswerFile]
    var links: AnswerFileLinks?
    var mayWrite: Bool

    /// The name and value of the button: where one goes after the save.
    static func destination(_ key: String) -> String { "pieces." + key }

    /// The question whose documents a form asked to go to.
    static func question(in destination: String?) -> String? {
        guard let destination, destination.hasPrefix("pieces.") else { return nil }
        return String(destination.dropFirst(7))
    }

    func render(into html: inout HTML) {
        if files.isEmpty {
            html.p("Rien n’est joint pour l’instant.", .class("muted"))
        } else {
            html.add(AnswerFiles(files: files, links: links))
        }
        guard mayWrite, links != nil else { return }
        html.button(.type("submit"), .name("suite"), .value(Self.destination(question.key)), .class("button")) { html in
            html.text(files.isEmpty ? "Joindre des documents" : "Gérer ces documents")
            html.span("\u{202F}: \(label)", .class("visually-hidden"))
        }
    }
}
