import Storage

/// What people have erased around calls, as the log of erasures lists it (BAK-8).
///
/// Not among them: what is taken away from a draft. A draft comes back as the backup has it, with its documents, and its author may
/// take them away again; the rule of time erases it with them (PRIV-3).
public enum CallErasure {
    public static let kinds = [document, alert, archive]

    /// Documents taken out of a safe. Their files go with the next sweep of the vault.
    static let document = ErasureKind("coffre") { since, reader in
        try SafeDocumentStore.removed(since: since, reader).map {
            Erasure(kind: "coffre", subject: $0.id.number, at: $0.at)
        }
    } erase: { erasure, proceeding in
        let id = SafeDocument.ID(erasure.subject)
        proceeding.concerns(id)
        return try SafeDocumentStore.remove(id, at: erasure.at, proceeding.writer)
    }

    /// Addresses that want no mail about new calls any more.
    static let alert = ErasureKind("alerte") { since, reader in
        try Journal.subjects(of: "LeaveCallAlert", since: since, reader).map { (id: CallAlert.ID, at) in
            Erasure(kind: "alerte", subject: id.number, at: at)
        }
    } erase: { erasure, proceeding in
        let id = CallAlert.ID(erasure.subject)
        proceeding.concerns(id)
        return try CallAlertStore.remove(id, proceeding.writer)
    }

    /// Calls that were read back and taken out, with their dossiers.
    static let archive = ErasureKind("appel_lu") { since, reader in
        try Journal.subjects(of: "RemoveArchivedCall", since: since, reader).map { (id: ArchivedCall.ID, at) in
            Erasure(kind: "appel_lu", subject: id.number, at: at)
        }
    } erase: { erasure, proceeding in
        let id = ArchivedCall.ID(erasure.subject)
        proceeding.about(id)
        return try ArchivedCallStore.remove(id, proceeding.writer)
    }
}
