import Storage

/// A document that somebody may have: what a download needs.
public enum DepositedFiles {
    /// A document of a candidacy that the principal leads or takes part in, of the draft or of a deposit; `Missing` for all
    /// others (CAND-1).
    public static func own(
        _ principal: Principal, _ candidacy: Candidacy.ID, _ file: CandidacyFile.ID, _ reader: Reader
    ) throws -> CandidacyFile {
        guard try CandidacyStore.own(principal, candidacy, reader) != nil,
            let found = try CandidacyFileStore.file(file, of: candidacy, reader)
        else { throw Missing() }
        return found
    }

    /// A document of the deposit that counts, for those to whom it is open; `Missing` or `Denied` as `OpenedCandidacy.open` says.
    public static func opened(_ opened: OpenedCandidacy, _ file: CandidacyFile.ID, _ reader: Reader) throws
        -> CandidacyFile
    {
        guard let deposit = opened.counting,
            let found = try CandidacyFileStore.file(file, frozenBy: deposit.id, reader)
        else { throw Missing() }
        return found
    }
}
