import Forms
import Storage

/// The documents of dossiers as they stand: those their deposits froze, and those that came with answers that were sent
/// (`StandingFiles`, for many dossiers at once).
public struct DossierFile: Sendable {
    public let line: DossierLine
    public let file: CandidacyFile
    /// It came after the deposit, in answer to a request.
    public let isAddition: Bool

    /// Of a page of dossiers, in their order; a dossier that is not open to the reader yet gives none.
    static func of(_ lines: [DossierLine], at now: Instant, _ reader: Reader) throws -> [DossierFile] {
        let frozen = try CandidacyFileStore.frozen(by: lines.map(\.deposit.id), reader)
        var named: [Candidacy.ID: [CandidacyFile.ID]] = [:]
        for request in try PiecesRequestStore.requests(of: lines.map(\.candidacy.id), reader)
        where request.state == .answered {
            for key in request.keys {
                guard case .files(let files) = request.answers[key] else { continue }
                named[request.candidacy, default: []] += files.compactMap { CandidacyFile.ID(text: $0.id) }
            }
        }
        let sent = Dictionary(
            try CandidacyFileStore.those(named.values.flatMap(\.self), reader).map { ($0.id, $0) }
        ) { first, _ in first }
        var open: [Call.ID: Set<CallWave.ID>] = [:]
        var files: [DossierFile] = []
        for line in lines {
            if open[line.call.id] == nil { open[line.call.id] = try OpenWaves.of(line.call, at: now, reader) }
            guard open[line.call.id]?.contains(line.deposit.wave) == true else { continue }
            let own = frozen[line.deposit.id] ?? []
            files += own.map { DossierFile(line: line, file: $0, isAddition: false) }
            var known = Set(own.map(\.id))
            for id in named[line.candidacy.id] ?? [] {
                guard let file = sent[id], file.candidacy == line.candidacy.id, known.insert(id).inserted else {
                    continue
                }
                files.append(DossierFile(line: line, file: file, isAddition: true))
            }
        }
        return files
    }
}
