import Maillage

extension Invariant {
    /// Those of every feature, in the order they are looked at.
    ///
    /// - Parameter keys: the public keys that receipts were ever signed with.
    public static func network(keys: [ReceiptPublicKey]) -> [Invariant] {
        kernel + AccountInvariants.all + TerritoryInvariants.all + PlaceInvariants.all + CallInvariants.all
            + CandidacyInvariants.all + DepositInvariants.all(keys: keys) + InstructionInvariants.all
            + JuryInvariants.all + DecisionInvariants.all + FundingInvariants.all
    }
}

extension Backup {
    /// Looks at a copy of the network before it is believed: every invariant, and that it holds each file that a row names.
    ///
    /// - Parameter now: by the clock of the network.
    public static func networkInspection(
        now: @escaping @Sendable () -> Instant
    ) -> @Sendable (BackupSubject) async throws -> [String] {
        { subject in
            let keys = try ReceiptKeys.published(dataDirectory: subject.dataDirectory)
            var faults: [String] = []
            for invariant in Invariant.network(keys: keys) {
                faults += try await invariant.found(in: subject.database).lines.map { "\(invariant.name): \($0)" }
            }
            try await VaultUpkeep.each(of: subject.database, at: now()) { files in
                for file in try await subject.missing(of: files.map(\.digest)) {
                    faults.append("files.there: \(file) is named by a row and is not in the backup")
                }
            }
            return faults
        }
    }
}
