import Maillage
import Storage
import Workbench

/// What a rehearsal proves: what people were told, compared with what the database and its receipts say.
struct RehearsalVerdict {
    var acknowledged = 0
    /// Acknowledged, and not in the database, or with a receipt that does not hold.
    var lost: [String] = []
    /// One version deposited twice.
    var doubled = 0
    /// Sent after the limit and accepted as in time.
    var lateAccepted: [String] = []
    /// Answered before the limit, and refused or said to be late.
    var refusedInTime: [String] = []
    var receivedLate = 0
    /// 5xx, and answers that never came.
    var errors: [String: Int] = [:]
    var spans: [String: [Double]] = [:]
    var never: [String] = []

    /// Nothing lost, nothing doubled, nobody wronged, no error: the questions never shown prevent nothing.
    var holds: Bool {
        acknowledged > 0 && lost.isEmpty && doubled == 0 && lateAccepted.isEmpty && refusedInTime.isEmpty
            && errors.isEmpty
    }

    /// Reads the database of the copy again. Throws what the database throws.
    static func of(
        _ record: RehearsalRecord.State, closing: Instant, keys: [ReceiptPublicKey], database: Database
    ) async throws -> RehearsalVerdict {
        var verdict = RehearsalVerdict()
        verdict.errors = record.errors
        verdict.spans = record.spans
        let verifier = ReceiptVerifier(keys: keys)
        var versions: [String: CandidacyDeposit.ID] = [:]
        for attempt in record.attempts.values.sorted(by: { $0.key < $1.key }) {
            let found = try await database.read { reader -> (CandidacyDeposit, SignedReceipt?)? in
                guard let deposit = try CandidacyDepositStore.deposit(answering: attempt.key, reader) else {
                    return nil
                }
                return (deposit, try ReceiptStore.receipt(of: deposit.id, reader))
            }
            if attempt.isAcknowledged { verdict.acknowledged += 1 }
            let name = "candidacy \(attempt.candidacy), version \(attempt.version)"
            guard let (deposit, receipt) = found else {
                if attempt.isAcknowledged { verdict.lost.append(name) }
                if !attempt.isAcknowledged, let at = attempt.answeredAt, at < closing {
                    verdict.refusedInTime.append("\(name): \(attempt.status)")
                }
                continue
            }
            let isProved = receipt.map { verifier.verify($0).isValid && $0.receipt.version == attempt.version } ?? false
            if attempt.isAcknowledged, !isProved || deposit.version != attempt.version { verdict.lost.append(name) }
            let once = "\(deposit.candidacy.text) \(deposit.version)"
            if let known = versions[once], known != deposit.id { verdict.doubled += 1 }
            versions[once] = deposit.id
            if deposit.verdict == .late { verdict.receivedLate += 1 }
            if attempt.sentAt >= closing, deposit.verdict == .onTime { verdict.lateAccepted.append(name) }
            if let at = attempt.answeredAt, at < closing, deposit.verdict == .late {
                verdict.refusedInTime.append(name)
            }
        }
        return verdict
    }

    /// What no candidate met, and the questions that none was shown, or that none was spared.
    mutating func lookForNever(_ met: Set<String>, _ fillings: [SyntheticCandidates.Filling], takesLate: Bool) {
        for (rule, words) in RehearsalPerson.met.sorted(by: { $0.value < $1.value }) where !met.contains(rule) {
            if rule == RehearsalPerson.late, receivedLate > 0 || !takesLate { continue }
            if rule == RehearsalPerson.inTime, acknowledged > receivedLate { continue }
            never.append(words)
        }
        let shown = fillings.reduce(into: Set<String>()) { $0.formUnion($1.shown) }
        let hidden = fillings.reduce(into: Set<String>()) { $0.formUnion($1.hidden) }
        for key in hidden.subtracting(shown).sorted() { never.append("question \(key) shown") }
    }

    /// The table, in lines.
    func lines() -> [String] {
        var lines = [Self.row(["requests", "count", "p50", "p99", "slowest", "errors"])]
        for kind in Set(spans.keys).union(errors.keys).sorted() {
            let values = (spans[kind] ?? []).sorted()
            lines.append(
                Self.row([
                    kind, String(values.count), Self.milliseconds(values, 0.5), Self.milliseconds(values, 0.99),
                    Self.milliseconds(values, 1), String(errors[kind] ?? 0),
                ]))
        }
        let slowest = spans.filter { $0.key == "page" || $0.key == "check" }.values.flatMap { $0 }.sorted()
        lines.append("")
        for (name, value) in [
            ("deposits acknowledged", String(acknowledged)), ("  of which after the limit", String(receivedLate)),
            ("lost", String(lost.count)), ("doubled", String(doubled)),
            ("late, accepted as in time", String(lateAccepted.count)),
            ("in time, refused", String(refusedInTime.count)),
            ("slowest page", Self.milliseconds(slowest, 1)),
            ("never reached", never.isEmpty ? "nothing" : never.joined(separator: "; ")),
        ] {
            lines.append(name + String(repeating: " ", count: max(30 - name.count, 1)) + value)
        }
        for fault in (lost + lateAccepted + refusedInTime).prefix(20) { lines.append("  ! " + fault) }
        lines.append("")
        lines.append(holds ? "Verdict: it holds." : "Verdict: IT DOES NOT HOLD.")
        return lines
    }

    private static func row(_ cells: [String]) -> String {
        cells.enumerated().map { place, cell in
            let width = place == 0 ? 22 : 11
            let padding = String(repeating: " ", count: max(width - cell.count, 1))
            return place == 0 ? cell + padding : padding + cell
        }.joined()
    }

    private static func milliseconds(_ sorted: [Double], _ part: Double) -> String {
        guard !sorted.isEmpty else { return "" }
        let value = sorted[min(Int(Double(sorted.count) * part), sorted.count - 1)] * 1_000
        return value < 10 ? "\((value * 10).rounded() / 10) ms" : "\(Int(value.rounded())) ms"
    }
}
