import Maillage
import Markup
import Storage

/// What the scanner said of some documents; nothing at all where the network has none (ATT-12).
struct FileStates {
    /// False where there is no scanner: nothing is then said, and nothing is held back.
    private var isScanned = false
    private var known: [FileDigest: FileScan] = [:]

    init() {}

    init(of files: [FileDigest], _ reader: Reader) throws {
        isScanned = true
        known = try FileScanStore.scans(of: files, reader)
    }

    /// Throws `Denied` unless the document was found clean: for those who read the documents of others.
    func requireClean(_ file: FileDigest) throws {
        guard isScanned else { return }
        switch known[file]?.state {
        case .clean: return
        case .infected:
            throw Denied(
                "L’antivirus a trouvé quelque chose dans ce document\u{202F}: il ne se télécharge pas. Demandez-en un autre à la "
                    + "personne qui a déposé\u{202F}; le dépôt, lui, reste valable.")
        case .failed:
            throw Denied(
                "L’antivirus n’a pas pu lire ce document\u{202F}: il ne se télécharge pas encore. L’administration technique est "
                    + "prévenue\u{202F}; le dépôt reste valable.")
        case nil:
            throw Denied("L’antivirus n’a pas encore vérifié ce document\u{202F}: réessayez dans quelques minutes.")
        }
    }

    func badge(of file: FileDigest) -> FileStateBadge? {
        isScanned ? FileStateBadge(state: known[file]?.state) : nil
    }
}

/// What the scanner said of one document, in a word with its colour.
struct FileStateBadge: View {
    var state: FileScan.State?

    func render(into html: inout HTML) {
        html.text(" ")
        switch state {
        case .clean: html.add(Badge("vérifié par l’antivirus", .good))
        case .infected: html.add(Badge("infecté\u{202F}: remplacez-le", .bad))
        case .failed: html.add(Badge("l’antivirus n’a pas pu le lire", .warn))
        case nil: html.add(Badge("pas encore vérifié par l’antivirus"))
        }
    }
}
