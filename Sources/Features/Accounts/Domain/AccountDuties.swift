import Storage

/// What would be left without anybody if an account closed (ACC-15).
public enum AccountDuties {
    /// The places (numbers) for which this account alone answers.
    public static func soleManagedPlaces(_ account: Account.ID, at now: Instant, _ reader: Reader) throws -> [Int64] {
        let managed = Set(
            try RoleGrantStore.inForce(of: account, at: now, reader)
                .filter { $0.grant.role == .placeManager }
                .map(\.grant.scope.subject))
        guard !managed.isEmpty else { return [] }
        let shared = Set(
            try reader.all(
                """
                SELECT DISTINCT role_grant.scope_subject
                FROM role_grant
                WHERE role_grant.scope_kind = \(Scope.Kind.place.rawValue)
                    AND role_grant.role = \(Role.placeManager.rawValue)
                    AND role_grant.account_id <> \(account)
                    AND role_grant.scope_subject IN \(list: managed.sorted())
                    AND \(RoleGrantStore.isInForce(at: now))
                ORDER BY role_grant.scope_subject
                """
            ) { try $0.int(0) })
        return managed.subtracting(shared).sorted()
    }
}
