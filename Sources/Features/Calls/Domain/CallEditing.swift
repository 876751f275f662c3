import Storage

/// What the acts on a call share: finding it with the rights of the one who acts, freezing its règlement, telling those concerned.
struct CallEditing {
    let proceeding: Proceeding

    /// The call, if the one who acts may know of it; `Missing` otherwise.
    func visible(_ id: Call.ID) throws -> (call: Call, isTeam: Bool) {
        guard let call = try CallStore.any(id, proceeding.writer) else { throw Missing() }
        let isTeam = try CallTeamStore.belongs(proceeding.principal, to: id, proceeding.writer)
        guard CallRights.maySee(proceeding.principal, call, isTeam: isTeam) else { throw Missing() }
        return (call, isTeam)
    }

    /// The call, if the one who acts keeps it; `Denied` when they only see it.
    func kept(_ id: Call.ID) throws -> Call {
        let (call, isTeam) = try visible(id)
        guard CallRights.mayEdit(proceeding.principal, isTeam: isTeam) else {
            throw Denied("Cela revient à l’équipe de l’appel ou à la coordination.")
        }
        return call
    }

    /// Writes a call changed by the act, one version further; answers it as it is kept.
    @discardableResult
    func write(_ call: Call, replacing former: Call) throws -> Call {
        var call = call
        call.version = former.version + 1
        call.updatedAt = proceeding.now
        try CallStore.update(call, replacing: former, proceeding.writer)
        proceeding.about(call.id)
        proceeding.note("version", String(call.version))
        return call
    }

    /// Freezes the règlement of the settings as the next version; answers the call that points to it.
    func freezing(_ call: Call) throws -> Call {
        var call = call
        call.rulesVersion += 1
        let text = CallRules.text(of: call.settings, version: call.rulesVersion).text
        let rules = CallRulesVersion(
            version: call.rulesVersion, text: text, fingerprint: RulesText.fingerprint(text),
            publishedAt: proceeding.now)
        try CallRulesStore.insert(rules, of: call.id, proceeding.writer)
        proceeding.note("rules", String(rules.version))
        proceeding.note("fingerprint", rules.fingerprint)
        return call
    }

    /// Records an amendment with its new règlement, writes the call, and tells those concerned (CALL-9).
    ///
    /// - Parameters:
    ///   - changes: what changed, when it is not in the settings.
    ///   - told: addresses that another letter tells.
    func amend(
        _ call: Call, replacing former: Call, reason: String, changes: [CallChange]? = nil,
        except told: Set<String> = [],
        head: LetterHead
    ) throws -> Call {
        let changes = changes ?? CallDifference.changes(from: former.settings, to: call.settings)
        let frozen = try freezing(call)
        let amendment = CallAmendment(
            id: proceeding.newIdentifier(), rulesVersion: frozen.rulesVersion, at: proceeding.now, reason: reason,
            changes: changes)
        try CallRulesStore.insert(amendment, of: call.id, by: proceeding.principal.account, proceeding.writer)
        let written = try write(frozen, replacing: former)
        for address in try CallAudience.addresses(concernedBy: call.id, proceeding.writer) where !told.contains(address)
        {
            proceeding.send(head.callAmended(address, written, amendment))
        }
        return written
    }

    /// Checks that the call is the one that was shown; `Conflict` otherwise.
    func require(_ version: Int, of call: Call) throws {
        guard call.version == version else { throw Conflict(current: call.version) }
    }
}
