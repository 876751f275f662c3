import Exchange
import Maillage

/// What somebody sent to have a receipt verified. Of the files only the fingerprint is kept, made while they arrive: a large
/// one takes no memory, and nothing of it stays.
struct ReceiptCheckForm {
    static let receipt = "recepisse"
    static let text = "texte"
    static let files = "fichiers"
    static let printed = "empreinte"

    /// The text of the receipt, from its file or else as pasted.
    var bytes: [UInt8] { file.isEmpty ? pasted : file }
    private(set) var candidates: [ReceiptVerifier.Candidate] = []
    /// The fingerprint that the printed page carries.
    private(set) var expected: Fingerprint?

    private var file: [UInt8] = []
    private var pasted: [UInt8] = []
    private var current: MultipartFile?
    private var gathering = Fingerprint.Gathering()

    mutating func take(_ event: MultipartEvent) {
        switch event {
        case .field(Self.text, let value): pasted = Self.trimmed(Array(value.utf8))
        case .field(Self.printed, let value): expected = Fingerprint(text: value)
        case .field, .finished: break
        case .fileBegan(let file):
            current = file
            gathering = Fingerprint.Gathering()
        case .fileBytes(let bytes):
            if current?.field == Self.receipt {
                // One byte too many is enough to refuse it.
                file += bytes.prefix(max(Receipt.longest * 2 - file.count, 0))
            } else {
                gathering.take(bytes)
            }
        case .fileEnded:
            guard let ended = current, ended.field == Self.files, !ended.name.isEmpty || gathering.count > 0 else {
                return
            }
            candidates.append(
                ReceiptVerifier.Candidate(
                    name: ended.name.isEmpty ? "fichier" : ended.name, size: gathering.count,
                    fingerprint: gathering.finish()))
        }
    }

    /// What a clipboard adds around a text.
    private static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
        let blanks: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D]
        guard let first = bytes.firstIndex(where: { !blanks.contains($0) }),
            let last = bytes.lastIndex(where: { !blanks.contains($0) })
        else { return [] }
        return Array(bytes[first...last])
    }
}
