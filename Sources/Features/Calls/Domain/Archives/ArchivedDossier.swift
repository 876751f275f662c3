import Exchange
import Forms

/// A dossier of an archived call, read again from its files: the form it was written in, what was deposited, and its receipt, verified
/// anew with the keys that came with the archive.
public struct ArchivedDossier: Sendable {
    public let call: ArchivedCall
    public let entry: ArchivedCall.Dossier
    public let files: [ArchivedCall.File]
    /// Nil for what came on paper, and when its form did not come with the archive.
    public let dossier: DepositedDossier?
    public let receipt: ReceiptVerification?

    /// - Parameters:
    ///   - files: of the dossier.
    ///   - texts: the files of its call.
    public static func read(
        _ entry: ArchivedCall.Dossier, of call: ArchivedCall, files: [ArchivedCall.File],
        texts: [ArchivedCall.File], vault: FileVault
    ) async throws -> ArchivedDossier {
        let keys = try await content(texts.first { $0.path == CallArchiveReading.keyList }, vault)
        let verifier = ReceiptVerifier(keys: keys.flatMap { ReceiptPublicKey.list(reading: $0) } ?? [])
        let receipt = try await content(files.first { $0.kind == .receipt }, vault).map { verifier.verify($0) }
        var dossier: DepositedDossier?
        if entry.channel == .online, let bytes = try await content(files.first { $0.kind == .deposit }, vault),
            let snapshot = String(validating: bytes, as: UTF8.self), let json = try? JSONValue.parse(bytes),
            let form = json["form"]?["sha256"]?.string,
            let definition = try await content(texts.first { $0.digest.text == form }, vault)
        {
            // What another network wrote may be anything: a form that does not hold together is one that did not come.
            dossier = try? deposited(snapshot, json, String(decoding: definition, as: UTF8.self), entry, call)
        }
        return ArchivedDossier(call: call, entry: entry, files: files, dossier: dossier, receipt: receipt)
    }

    private static func content(_ file: ArchivedCall.File?, _ vault: FileVault) async throws -> [UInt8]? {
        guard let file, file.isThere, file.size <= CallArchiveReading.longestText,
            let reading = try await vault.open(file.digest)
        else { return nil }
        var bytes: [UInt8] = []
        while let piece = try await reading.next() { bytes += piece }
        return bytes
    }

    private static func deposited(
        _ snapshot: String, _ json: JSONValue, _ definition: String, _ entry: ArchivedCall.Dossier,
        _ archived: ArchivedCall
    ) throws -> DepositedDossier {
        // None of these identifiers is one of this network: they stand for rows that are elsewhere.
        let (call, wave, nobody) = (archived.origin, CallWave.ID(0), Candidacy.ID(0))
        let form = CallForm(
            id: CallForm.ID(0), call: call, maturity: json["maturity"]?.string ?? "", version: 1, title: "",
            definition: definition, digest: json["form"]?["sha256"]?.string ?? "", createdAt: entry.arrival)
        let version = json["version"]?.int ?? 1
        let candidacy = Candidacy(
            id: nobody, call: call, wave: wave, form: form.id, maturity: form.maturity, place: nil,
            title: json["title"]?.string ?? "", structure: entry.structure, siret: json["siret"]?.string ?? "",
            channel: entry.channel, holder: nil, depositor: entry.depositor, state: .deposited, version: version,
            depositedVersion: version, answers: Answers(), consentedAt: nil, createdAt: entry.arrival,
            updatedAt: entry.arrival, withdrawnAt: nil, withdrawReason: "", decision: nil)
        let deposit = CandidacyDeposit(
            id: CandidacyDeposit.ID(0), candidacy: nobody, call: call, wave: wave, number: entry.number,
            version: version, key: "", arrival: entry.arrival, closesAt: entry.closesAt, depositedBy: nil,
            isConsented: false, form: form.id, rulesVersion: 1, snapshot: snapshot, digest: "", files: [],
            recordedAt: entry.arrival)
        // A shelf of its own: the forms of the network are kept by identifier.
        return try DepositedDossier.read(deposit, of: candidacy, form: form, shelf: CandidacyFormShelf())
    }
}
