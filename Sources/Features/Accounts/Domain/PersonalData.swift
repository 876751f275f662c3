import Exchange
import Storage

/// Everything the network knows of one person, for that person (ACC-21). Nobody else may ask, the operator included.
public struct PersonalData: Sendable {
    public struct Deed: Sendable, Equatable {
        public let at: Instant
        public let verb: String
        public let subject: String
    }

    public let account: Account
    public let pendingEmail: EmailAddress?
    public let secondFactor: SecondFactor
    /// The identity services that the account is tied to.
    public let identities: [TiedIdentity]
    public let sessions: [Session]
    public let grants: [RoleGrant]
    public let invitations: [Invitation]
    /// What the journal remembers of this person's acts, oldest first.
    public let deeds: [Deed]
    /// The mails to this person that the outbox still holds, by their subject.
    public let letters: [(subject: String, at: Instant)]
    /// What later features add.
    public let more: JSONObject

    public init(
        account: Account, pendingEmail: EmailAddress?, secondFactor: SecondFactor = .none,
        identities: [TiedIdentity] = [], sessions: [Session], grants: [RoleGrant], invitations: [Invitation],
        deeds: [Deed], letters: [(subject: String, at: Instant)] = [], more: JSONObject = JSONObject()
    ) {
        self.account = account
        self.pendingEmail = pendingEmail
        self.secondFactor = secondFactor
        self.identities = identities
        self.sessions = sessions
        self.grants = grants
        self.invitations = invitations
        self.deeds = deeds
        self.letters = letters
        self.more = more
    }

    /// Throws `Denied` to a visitor.
    public static func of(
        _ principal: Principal, at now: Instant, traces: PersonalTraces = PersonalTraces(), _ reader: Reader
    ) throws -> PersonalData {
        guard let id = principal.account else { throw Denied() }
        guard let account = try AccountStore.account(id, reader), let email = account.email else { throw Missing() }
        return PersonalData(
            account: account,
            pendingEmail: try EmailChangeStore.pending(of: id, at: now, reader),
            secondFactor: try FactorStore.factor(of: id, reader),
            identities: try IdentityStore.tied(to: id, reader),
            sessions: try SessionStore.sessions(
                of: id, limits: SessionLimits.of(principal.grants + principal.withheld), at: now, reader),
            grants: try RoleGrantStore.history(of: id, reader),
            invitations: try InvitationStore.ofAddress(email, reader),
            deeds: try deeds(of: id, reader),
            letters: try Outbox.letters(to: email.text, reader),
            more: try traces.archive(principal, email, reader))
    }

    private static func deeds(of id: Account.ID, _ reader: Reader) throws -> [Deed] {
        try reader.all(
            """
            SELECT at, verb, subject_kind, subject
            FROM journal
            WHERE actor = \(id)
            ORDER BY sequence
            """
        ) { row in
            let kind = try row.optionalText(2)
            let subject = try row.optionalInt(3).map { "\(kind ?? "") \(IdentifierText.text($0))" }
            return Deed(
                at: Instant(microseconds: try row.int(0)), verb: try row.text(1), subject: subject ?? "")
        }
    }

    /// The same as JSON, `snake_case`, instants in ISO 8601 UTC.
    public var json: [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.name("account")
        write(account, &json)
        json.name("sessions")
        json.array(sessions) { session, json in
            json.member("device", session.device)
            json.member("opened_at", session.openedAt.iso)
            json.member("last_seen_at", session.lastSeenAt.iso)
        }
        json.name("identities")
        json.array(identities) { tied, json in
            json.member("issuer", tied.identity.issuer)
            json.member("subject", tied.identity.subject)
            json.member("tied_at", tied.tiedAt.iso)
        }
        json.name("roles")
        json.array(grants) { grant, json in
            json.member("role", grant.grant.role.rawValue)
            json.member("scope", grant.grant.scope.kind.rawValue)
            json.member(
                "scope_id", grant.grant.scope.subject == 0 ? nil : IdentifierText.text(grant.grant.scope.subject))
            json.member("since", grant.since.iso)
            json.member("until", grant.until?.iso)
            json.member("revoked_at", grant.revokedAt?.iso)
            json.member("reason", grant.reason)
        }
        json.name("invitations")
        json.array(invitations) { invitation, json in
            json.member("place", invitation.placeName)
            json.member("role", invitation.role.rawValue)
            json.member("sent_at", invitation.createdAt.iso)
            json.member("expires_at", invitation.expiresAt.iso)
        }
        json.name("acts")
        json.array(deeds) { deed, json in
            json.member("at", deed.at.iso)
            json.member("verb", deed.verb)
            json.member("subject", deed.subject)
        }
        json.name("letters")
        json.array(letters) { letter, json in
            json.member("subject", letter.subject)
            json.member("written_at", letter.at.iso)
        }
        for member in more.members {
            json.name(member.name)
            json.value(member.value)
        }
        json.endObject()
        json.lineBreak()
        return json.bytes
    }

    private func write(_ account: Account, _ json: inout JSONWriter) {
        json.beginObject()
        json.member("id", account.id.text)
        json.member("name", account.name)
        json.member("email", account.email?.text)
        json.member("pending_email", pendingEmail?.text)
        json.member("has_password", account.hasPassword)
        json.member("second_factor_since", secondFactor.since?.iso)
        json.member("recovery_codes_left", secondFactor.codesLeft)
        json.member("created_at", account.createdAt.iso)
        json.member("last_signed_in_at", account.lastSignedInAt?.iso)
        json.endObject()
    }
}

extension JSONWriter {
    fileprivate mutating func array<Item>(_ items: [Item], _ write: (Item, inout JSONWriter) -> Void) {
        beginArray()
        for item in items {
            beginObject()
            write(item, &self)
            endObject()
        }
        endArray()
    }
}
