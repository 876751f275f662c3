import Exchange
import Forms

/// Answers as cells of a sheet: an answer of several facts takes as many columns, each with its own key.
enum AnswerCells {
    /// The columns of a question: what follows its key, and its label; a single empty pair for most kinds. None for what has
    /// rows, which goes to a sheet of its own.
    static func parts(of question: Question) -> [(key: String, label: String)] {
        switch question.kind {
        case .group, .table: []
        case .period: [("debut", "du"), ("fin", "au")]
        case .address:
            [("rue", "rue"), ("code_postal", "code postal"), ("commune", "commune"), ("code_insee", "code INSEE")]
        case .commune: [("nom", "commune"), ("code_insee", "code INSEE")]
        case .person:
            [
                ("prenom", "prénom"), ("nom", "nom"), ("fonction", "fonction"), ("courriel", "courriel"),
                ("telephone", "téléphone"),
            ]
        default: [("", "")]
        }
    }

    /// One part of an answer. What could not be read is written as it was typed.
    static func cell(_ value: AnswerValue?, _ part: String, of question: Question?) -> WorkbookCell {
        guard let value else { return .empty }
        switch value {
        case .text(let text): return .text(label(of: text, question))
        case .unread(let text): return .text(text)
        case .flag(let flag): return .text(flag ? "oui" : "non")
        case .number(let number): return cell(number)
        case .money(let cents): return cents % 100 == 0 ? .integer(cents / 100) : .number(Double(cents) / 100)
        case .date(let date): return .date(date)
        case .period(let from, let to): return (part == "fin" ? to : from).map { WorkbookCell.date($0) } ?? .empty
        case .choices(let keys): return .text(keys.map { label(of: $0, question) }.joined(separator: "; "))
        case .address(let address):
            switch part {
            case "rue": return text(address.street)
            case "code_postal": return text(address.postalCode)
            case "code_insee": return text(address.communeCode ?? "")
            default: return text(address.commune)
            }
        case .place(let place): return text(place.name)
        case .person(let person):
            switch part {
            case "prenom": return text(person.firstName)
            case "fonction": return text(person.role)
            case "courriel": return text(person.email)
            case "telephone": return text(person.phone)
            default: return text(person.name)
            }
        case .files(let files): return .text(files.map(\.name).joined(separator: "; "))
        case .sworn: return .text("oui")
        case .rows: return .empty
        }
    }

    /// A number in its unit: euros, or a ratio as it is.
    static func cell(_ number: ExactNumber) -> WorkbookCell {
        if let whole = number.whole { return .integer(whole) }
        return .number(Double(number.millionths) / 1_000_000)
    }

    private static func text(_ text: String) -> WorkbookCell { text.isEmpty ? .empty : .text(text) }

    private static func label(of key: String, _ question: Question?) -> String {
        question?.kind.options?.first { $0.key == key }?.label ?? key
    }
}
