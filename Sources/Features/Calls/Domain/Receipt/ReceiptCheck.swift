/// One thing that was checked of a receipt, and what came of it.
public struct ReceiptCheck: Sendable, Hashable {
    public enum Outcome: Sendable, Hashable {
        case readable
        case unreadable(SignedReceipt.Problem)
        case knownKey(String)
        case unknownKey(String)
        case signature
        case wrongSignature
        case keyOutOfTime(String)
        case verdict(Receipt.Verdict)
        case incoherentVerdict
        /// A file that was shown, and the name it was deposited under.
        case file(String, String)
        case answers(String)
        case document(String)
        case strangeFile(String)
        /// Deposited files that were not shown: nothing was said of them.
        case filesNotShown([String])
    }

    public let outcome: Outcome

    init(_ outcome: Outcome) {
        self.outcome = outcome
    }

    public var holds: Bool {
        switch outcome {
        case .readable, .knownKey, .signature, .verdict, .file, .answers, .document, .filesNotShown: true
        case .unreadable, .unknownKey, .wrongSignature, .keyOutOfTime, .incoherentVerdict, .strangeFile: false
        }
    }

    /// The sentence of the page, in French.
    public var sentence: String {
        switch outcome {
        case .readable: "Le fichier est un récépissé de Maillage, tel qu’il a été écrit."
        case .unreadable(.tooLong): "Ce fichier est trop long pour être un récépissé."
        case .unreadable(.notAReceipt): "Ce fichier n’est pas un récépissé de Maillage, ou il a été abîmé."
        case .unreadable(.rewritten):
            "Ce récépissé a été réécrit (espaces, ordre des champs)\u{202F}: reprenez le fichier tel qu’il a été téléchargé."
        case .unreadable(.malformed): "Un champ du récépissé manque, est de trop ou a été modifié."
        case .knownKey(let id): "La clé \(id) est une clé publiée par ce réseau."
        case .unknownKey(let id):
            "La clé \(id.prefix(40)) n’est pas une clé publiée par ce réseau\u{202F}: le récépissé vient d’ailleurs, "
                + "ou a été modifié."
        case .signature: "La signature est la bonne\u{202F}: rien n’a changé depuis qu’il a été délivré."
        case .wrongSignature: "La signature ne correspond pas\u{202F}: le récépissé a été modifié."
        case .keyOutOfTime(let id):
            "La clé \(id) n’était pas en service à la date où le récépissé dit avoir été délivré."
        case .verdict(.onTime): "L’instant d’arrivée est avant la limite\u{202F}: le dépôt est dans les délais."
        case .verdict(.late): "L’instant d’arrivée n’est pas avant la limite\u{202F}: le dépôt est hors délai."
        case .verdict(.toConfirm): "Le délai était à confirmer par l’organisateur quand le récépissé a été délivré."
        case .verdict(.unlimited): "L’appel n’avait pas de date limite."
        case .incoherentVerdict: "La mention du délai contredit les instants du récépissé."
        case .file(let name, let known):
            name == known
                ? "«\u{202F}\(name)\u{202F}» est bien le fichier déposé."
                : "«\u{202F}\(name)\u{202F}» est bien le fichier déposé sous le nom «\u{202F}\(known)\u{202F}»."
        case .answers(let name): "«\u{202F}\(name)\u{202F}» contient bien les réponses déposées."
        case .document(let name): "«\u{202F}\(name)\u{202F}» est bien le document tiré des réponses."
        case .strangeFile(let name):
            "«\u{202F}\(name)\u{202F}» n’est aucun des fichiers de ce récépissé, ou a été modifié."
        case .filesNotShown(let names):
            "Fichiers déposés qui n’ont pas été comparés\u{202F}: "
                + names.map { "«\u{202F}\($0)\u{202F}»" }.joined(separator: ", ") + "."
        }
    }

    /// The line of the command, in English.
    public var line: String {
        switch outcome {
        case .readable: "the file is a receipt, as it was written"
        case .unreadable(.tooLong): "too long to be a receipt"
        case .unreadable(.notAReceipt): "not a receipt"
        case .unreadable(.rewritten): "the receipt was written again (spaces, order): use the file as it was downloaded"
        case .unreadable(.malformed): "a field of the receipt is missing, unknown or altered"
        case .knownKey(let id): "key \(id) is known"
        case .unknownKey(let id): "key \(id.prefix(40)) is not among the public keys"
        case .signature: "the signature is good"
        case .wrongSignature: "the signature does not match: the receipt was altered"
        case .keyOutOfTime(let id): "key \(id) was not in use when the receipt says it was issued"
        case .verdict(let verdict): "the verdict \(verdict.rawValue) follows from the instants"
        case .incoherentVerdict: "the verdict contradicts the instants"
        case .file(let name, let known): "\(name) is the deposited file \(known)"
        case .answers(let name): "\(name) holds the deposited answers"
        case .document(let name): "\(name) is the document made of the answers"
        case .strangeFile(let name): "\(name) is none of the files of this receipt, or was altered"
        case .filesNotShown(let names): "not compared: \(names.joined(separator: ", "))"
        }
    }
}
