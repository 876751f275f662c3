import Forms
import Storage

/// The SQL of `candidacy_file`: which files of the vault are attached to which question.
public enum CandidacyFileStore {
    /// The files of the questions that are shown, as the receipt lists them: in the order of the form.
    static func deposited(of review: CandidacyReview, _ reader: Reader) throws -> [Receipt.File] {
        let rows = try reader.all(
            """
            SELECT id, question, name, size, digest
            FROM candidacy_file
            WHERE candidacy_id = \(review.candidacy.id)
                AND removed_at IS NULL
            ORDER BY id
            """
        ) { row in
            (
                id: IdentifierText.text(try row.int(0)), question: try row.text(1), name: try row.text(2),
                size: Int(try row.int(3)), digest: try row.text(4)
            )
        }
        let known = Dictionary(rows.map { ($0.id, $0) }) { first, _ in first }
        var files: [Receipt.File] = []
        for question in review.state.compiled.form.questions where review.state.isShown(question.key) {
            guard case .files(let attached) = review.candidacy.answers[question.key] else { continue }
            for file in attached {
                guard let row = known[file.id], let fingerprint = Fingerprint(text: row.digest) else { continue }
                files.append(Receipt.File(name: row.name, size: row.size, fingerprint: fingerprint))
            }
        }
        return files
    }
}
