import Storage

/// Erases drafts that were never deposited, with all that hangs on them. Their documents leave the vault with its next sweep, since no row
/// names them any more.
enum DraftErasure {
    /// Answers how many drafts went.
    static func erase(_ ids: [Candidacy.ID], _ proceeding: Proceeding) throws -> Int {
        if ids.isEmpty { return 0 }
        let writer = proceeding.writer
        try CandidacyUploadStore.erase(of: ids, writer)
        try LeadOfferStore.erase(of: ids, writer)
        try CandidacyDigestStore.erase(of: ids, writer)
        try CandidacyAssignmentStore.erase(of: ids, writer)
        try CandidacyRemarkStore.erase(of: ids, writer)
        try CandidacyReminderStore.erase(of: ids, writer)
        try PartSaveStore.erase(of: ids, writer)
        try CandidacySaveStore.erase(of: ids, writer)
        try CandidacyMemberStore.erase(of: ids, writer)
        try CandidacyFileStore.erase(of: ids, writer)
        try CandidacyPartnerStore.erase(of: ids, writer)
        try RetentionNotices.forget(.draft, ids.map(\.number), writer)
        for id in ids { proceeding.changed(id) }
        return try CandidacyStore.erase(ids, writer)
    }
}
