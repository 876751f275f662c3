import Forms
import Storage

/// What is said of a document before a byte of it is sent, whichever room asks for it: what could not be attached is refused now.
struct UploadAnnouncement {
    let candidacy: Candidacy.ID
    /// The question's key.
    let question: String
    let name: String
    /// In bytes.
    let size: Int
    let rules: AttachmentRules

    /// The name as it is kept.
    var cleanName: String {
        let clean = TextForm.oneLine(String(name.prefix(400)))
        return clean.isEmpty ? "document" : clean
    }

    /// Throws `Problems` under the question's key.
    ///
    /// - Parameters:
    ///   - held: documents that answer the question.
    ///   - leaving: bytes of the document that this one takes the place of.
    func check(held: Int, leaving: Int = 0, by account: Account.ID, _ reader: Reader) throws {
        guard size > 0 else {
            throw Problems(
                question,
                "\(AttachmentWords.quoted(name)) est vide\u{202F}: vérifiez qu’il s’ouvre chez vous, puis choisissez-le à "
                    + "nouveau.")
        }
        guard size <= rules.maxBytes else {
            throw Problems(question, AttachmentWords.tooLong(name, limit: rules.maxBytes))
        }
        guard held < rules.maxCount else {
            throw Problems(
                question,
                rules.maxCount == 1
                    ? "Un seul document est attendu ici\u{202F}: remplacez celui qui s’y trouve."
                    : "Au plus \(rules.maxCount) documents ici\u{202F}: retirez-en, ou remplacez-en un.")
        }
        let present = try CandidacyFileStore.files(of: candidacy, reader).reduce(0) { $0 + $1.size } - leaving
        let coming = try CandidacyUploadStore.announced(for: candidacy, reader)
        guard present + coming + size <= AttachmentLimits.mostBytes else {
            throw Problems(
                question,
                "Les documents d’une candidature font au plus \(AttachmentWords.size(AttachmentLimits.mostBytes)) en tout, "
                    + "envois en cours compris\u{202F}: allégez-en un.")
        }
        guard try CandidacyUploadStore.count(of: account, reader) < CandidacyUpload.mostAtOnce else {
            throw Problems(question, "Trop d’envois sont en cours\u{202F}: terminez-en un, ou annulez-le.")
        }
    }
}
