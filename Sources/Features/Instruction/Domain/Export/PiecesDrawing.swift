import Exchange

/// What an archive of documents will hold, while its dossiers are read.
struct PiecesDrawing {
    struct Entry: Sendable {
        let name: String
        let size: Int
        let modified: Int64
        let digest: FileDigest
        /// As its owner named it, the question it answers, and whether it came after the deposit.
        let original: String
        let question: String
        let isAddition: Bool
    }

    /// Whether all the dossiers are of one call: their folders then stand at the top.
    let hasOneCall: Bool
    private(set) var entries: [Entry] = []
    /// Documents that are not in the archive.
    private(set) var absent: [CallArchiveManifest.Absent] = []
    private(set) var latest = Instant(microseconds: 0)
    private var dossiers = 0
    private var reasons: [String] = []
    var left: Int { absent.count }
    private var taken: Set<String> = []
    private var csv = CSVWriter()

    init(hasOneCall: Bool) {
        self.hasOneCall = hasOneCall
        csv.record([
            "appel", "numero", "structure", "question", "nom", "chemin", "octets", "sha256", "complement",
            "motif_absence",
        ])
    }

    /// - Parameters:
    ///   - scans: what the scanner said of each; nil where there is none.
    ///   - sizes: of those that the vault holds.
    mutating func add(
        _ files: [DossierFile], of lines: [DossierLine], scans: [FileDigest: FileScan]?, sizes: [FileDigest: Int]
    ) {
        dossiers += lines.count
        for line in lines { latest = max(latest, line.deposit.arrival) }
        for each in files {
            let (file, line) = (each.file, each.line)
            let reason = Self.reason(file, scans: scans, size: sizes[file.digest])
            var path = ""
            if let reason {
                absent.append(
                    CallArchiveManifest.Absent(
                        name: ArchiveText.made(of: file.name), question: ArchiveText.made(of: file.question),
                        size: file.size, digest: file.digest, isAddition: each.isAddition, reason: reason))
                reasons.append("\(folder(of: line))/\(file.name) (\(file.question)) : \(reason)")
            } else {
                path = name(of: each)
                entries.append(
                    Entry(
                        name: path, size: file.size, modified: file.addedAt.seconds, digest: file.digest,
                        original: file.name, question: file.question, isAddition: each.isAddition))
            }
            latest = max(latest, file.addedAt)
            csv.record([
                line.call.slug, String(line.instruction.number), line.candidacy.structure, file.question, file.name,
                path,
                String(file.size), file.digest.text, each.isAddition ? "oui" : "non", reason ?? "",
            ])
        }
    }

    /// Why a document is not given; nil when it is.
    private static func reason(_ file: CandidacyFile, scans: [FileDigest: FileScan]?, size: Int?) -> String? {
        if let scans {
            switch scans[file.digest]?.state {
            case .clean: break
            case .infected: return "l’antivirus y a trouvé quelque chose"
            case .failed: return "l’antivirus n’a pas pu le lire"
            case nil: return "pas encore vérifié par l’antivirus"
            }
        }
        guard let size else { return "introuvable sur le serveur, prévenez l’administration technique" }
        return size == file.size ? nil : "abîmé sur le serveur, prévenez l’administration technique"
    }

    /// `0012-la-fabrique`, below its call when there are several.
    func folder(of line: DossierLine) -> String {
        let number = String(line.instruction.number)
        let padded = String(repeating: "0", count: max(0, 4 - number.count)) + number
        let words = Words.folded(line.candidacy.structure).joined(separator: "-").prefix(50)
        let folder = words.isEmpty ? padded : "\(padded)-\(words)"
        return hasOneCall ? folder : "\(line.call.slug)/\(folder)"
    }

    private mutating func name(of each: DossierFile) -> String {
        let folder = folder(of: each.line) + (each.isAddition ? "/complements" : "")
        let (stem, end) = Self.split(Self.safe("\(each.file.question)-\(each.file.name)"))
        var name = "\(folder)/\(stem)\(end)"
        var number = 2
        // Case does not tell names apart on every machine.
        while !taken.insert(name.lowercased()).inserted {
            name = "\(folder)/\(stem) (\(number))\(end)"
            number += 1
        }
        return name
    }

    /// Without what a file system refuses somewhere, and short enough for all of them.
    static func safe(_ name: String) -> String {
        let refused: Set<Unicode.Scalar> = ["/", "\\", ":", "*", "?", "\"", "<", ">", "|"]
        var plain = String.UnicodeScalarView()
        for scalar in name.unicodeScalars {
            plain.append(scalar.value < 0x20 || scalar.value == 0x7F || refused.contains(scalar) ? "_" : scalar)
        }
        let (stem, end) = split(String(plain))
        var kept = ""
        for character in stem {
            guard kept.utf8.count + character.utf8.count <= 140 else { break }
            kept.append(character)
        }
        while kept.last == "." || kept.last == " " { kept.removeLast() }
        return (kept.isEmpty ? "document" : kept) + end
    }

    /// The name and its end, its dot included.
    private static func split(_ name: String) -> (stem: String, end: String) {
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex, (2...6).contains(name[dot...].utf8.count)
        else { return (name, "") }
        return (String(name[..<dot]), String(name[dot...]))
    }

    /// The same dossiers give the same words: no date of making.
    var words: String {
        var lines = [
            "Pièces jointes de \(dossiers) dossier\(dossiers > 1 ? "s" : "")", "",
            "Un dossier par candidature, nommé par le numéro de son récépissé.",
            "Dans « complements », ce qui est arrivé après le dépôt, en réponse à une demande.",
            "liste.csv dit, pour chaque document, la question, le nom d’origine et l’empreinte SHA-256.", "",
            "Documents dans cette archive : \(entries.count)",
        ]
        if left > 0 {
            lines += ["Documents absents : \(left)", ""] + reasons.map { "- " + $0 }
        } else {
            lines.append("Aucun document ne manque.")
        }
        return lines.joined(separator: "\r\n") + "\r\n"
    }

    var list: [UInt8] { csv.bytes }
}
