import Exchange
import Forms

/// Takes documents in: their kind is told by their bytes, what could harm is refused, what is good goes to the vault.
public struct AttachmentIntake: Sendable {
    public let vault: FileVault

    public init(vault: FileVault) {
        self.vault = vault
    }

    /// Begins to receive a document of at most `limit` bytes.
    public func receive(limit: Int) async throws -> IncomingFile {
        try await vault.receive(limit: limit)
    }

    /// Keeps a document received whole.
    ///
    /// Throws `Problems` that name the document when it cannot be taken; nothing of it is then kept.
    public func keep(
        _ file: IncomingFile, named name: String, accepted: [FileFamily]
    ) async throws -> ReceivedFile {
        let kind: DocumentKind
        do {
            kind = try await file.inspect { size, bytes in try DocumentKind.detect(size: size, bytes) }
        } catch let problem as DocumentProblem {
            await file.discard()
            throw Problems("", AttachmentWords.refusal(problem, name, accepted))
        } catch {
            await file.discard()
            throw error
        }
        guard accepted.contains(FileFamily(kind)) else {
            await file.discard()
            throw Problems("", AttachmentWords.notAccepted(name, FileFamily(kind), accepted))
        }
        let kept = try await file.keep()
        return ReceivedFile(
            name: AttachmentName.clean(name, kind), family: FileFamily(kind), size: kept.size, digest: kept.digest)
    }
}

/// What is said of a document that is not taken: what is wrong, and what to do.
public enum AttachmentWords {
    /// A name as a sentence quotes it, whatever was sent.
    public static func quoted(_ name: String) -> String {
        let clean = TextForm.oneLine(String(name.prefix(400)))
        let short = clean.count > 60 ? clean.prefix(57) + "…" : Substring(clean)
        return clean.isEmpty ? "Ce document" : "«\u{A0}\(short)\u{A0}»"
    }

    public static func list(_ accepted: [FileFamily]) -> String {
        accepted.map(\.label).joined(separator: ", ")
    }

    public static func size(_ bytes: Int) -> String {
        bytes >= 1_000_000 ? "\(bytes / 1_000_000)\u{A0}Mo" : "\(max(1, bytes / 1_000))\u{A0}ko"
    }

    static func notAccepted(_ name: String, _ family: FileFamily, _ accepted: [FileFamily]) -> String {
        "\(quoted(name)) est un fichier \(family.label), qui n’est pas demandé ici. Formats acceptés\u{202F}: "
            + "\(list(accepted))."
    }

    public static func tooLong(_ name: String, limit: Int) -> String {
        "\(quoted(name)) dépasse \(size(limit)), la limite pour cette pièce\u{202F}: enregistrez-le en plus léger, ou "
            + "séparez-le, puis choisissez-le à nouveau."
    }

    static func refusal(_ problem: DocumentProblem, _ name: String, _ accepted: [FileFamily]) -> String {
        let quoted = quoted(name)
        return switch problem {
        case .empty: "\(quoted) est vide\u{202F}: vérifiez qu’il s’ouvre chez vous, puis choisissez-le à nouveau."
        case .unknownKind:
            "\(quoted) n’est pas d’un format reconnu. Formats acceptés\u{202F}: \(list(accepted)). Enregistrez-le "
                + "dans l’un d’eux."
        case .compoundFile:
            "\(quoted) est dans un ancien format (DOC, XLS) ou protégé par un mot de passe\u{202F}: enregistrez-le sans mot "
                + "de passe, en \(list(accepted))."
        case .cutShort:
            "\(quoted) est incomplet, sa fin manque\u{202F}: vérifiez qu’il s’ouvre chez vous, puis choisissez-le à nouveau."
        case .encrypted:
            "\(quoted) est protégé par un mot de passe, et personne ne pourrait le lire\u{202F}: enregistrez-le sans mot de "
                + "passe."
        case .macros: "\(quoted) contient des macros\u{202F}: enregistrez-le sans elles, en PDF par exemple."
        case .nested(let inner):
            "\(quoted) contient une archive ou un programme (\(TextForm.oneLine(inner)))\u{202F}: joignez le document seul."
        case .bomb: "\(quoted) serait bien trop grand une fois ouvert\u{202F}: enregistrez-le en PDF."
        case .damaged: "\(quoted) est abîmé\u{202F}: ouvrez-le chez vous et enregistrez-le à nouveau."
        case .tooManyPixels(let limit):
            "\(quoted) fait plus de \(limit / 1_000_000)\u{A0}millions de pixels\u{202F}: enregistrez-le en plus petit."
        }
    }
}
