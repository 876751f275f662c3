import Storage
import Testing
import Workbench

@testable import Maillage

/// Hundreds of acts drawn at random, by people of every kind, right or wrong; after each, what must always hold
/// (ACC-4, ACC-10,
/// ACC-15, ACC-16, ACC-18).
@Suite struct AccountWalkTests {
    @Test(arguments: TestEngine.available, [UInt64(11), 12, 13])
    func `whatever is done in whatever order, the rules of accounts hold`(engine: TestEngine, seed: UInt64) async throws
    {
        try await AccountWorld.on(engine, seed: seed) { world in
            var walk = Walk(world: world, chance: SeededChance(seed))
            for name in ["op", "co"] {
                let role: Role = name == "op" ? .operator : .coordinator
                walk.people.append(try await world.person(name, role, on: .network))
            }
            for step in 0..<300 {
                try await walk.step()
                try await walk.check(step)
            }
            #expect(walk.done > 60, "only \(walk.done) acts went through")
            #expect(walk.refused > 60, "only \(walk.refused) acts were refused")
            #expect(try await world.database.read { try Journal.verify($0) } > 60)
        }
    }
}

private struct Walk {
    let world: AccountWorld
    let chance: SeededChance
    var people: [Account.ID] = []
    var open: [OpenedSession] = []
    var dead: [Secret] = []
    var links: [(browser: Secret, link: Secret)] = []
    var spent: [(browser: Secret, link: Secret)] = []
    var closed: Set<Account.ID> = []
    var done = 0
    var refused = 0

    func draw(_ count: Int) -> Int { Int(chance.next() % UInt64(count)) }
    func somebody() -> Account.ID { people[draw(people.count)] }

    mutating func step() async throws {
        world.clock.advance(by: .seconds(Int64(draw(400))))
        do {
            try await act(draw(14))
            done += 1
        } catch is Problems {
            refused += 1
        } catch is Denied {
            refused += 1
        } catch is Missing {
            refused += 1
        } catch is Throttled {
            refused += 1
        }
    }

    private mutating func act(_ which: Int) async throws {
        let actor = somebody()
        let principal = try await world.principal(actor)
        switch which {
        case 0: links.append(try await askedLink())
        case 1, 2: try await consume()
        case 3:
            let opened = try await world.session(actor)
            open.append(opened)
        case 4: try await closeOne(principal)
        case 5: try await closeOthers(principal)
        case 6, 7:
            let role = Role.allCases[draw(Role.allCases.count)]
            let scope = role.scopeKind == .network ? Scope.network : Scope(role.scopeKind, Int64(draw(3) + 1))
            _ = try await world.desk.perform(
                GrantRole(
                    Grant(role, on: scope), to: somebody(), until: draw(2) == 0 ? nil : world.now + .hours(1),
                    reason: "tiré au hasard", head: world.head), as: principal)
        case 8: try await revoke(principal)
        case 9: try await invite(principal)
        case 10 where draw(3) == 0: try await closeAccount(principal)
        case 11: try await changeEmail(principal)
        case 12: try await renew()
        default: try await world.desk.perform(RenameAccount(PersonName("Nom \(draw(99))")), as: principal)
        }
    }

    private func askedLink() async throws -> (browser: Secret, link: Secret) {
        let asked = try await world.askForLink("p\(draw(8))")
        return (asked.browser, asked.link)
    }

    private mutating func consume() async throws {
        guard !links.isEmpty else { return }
        let pick = links[draw(links.count)]
        let mixed = draw(4) == 0 ? links[draw(links.count)].browser : pick.browser
        let opened = try await world.desk.perform(
            ConsumeSignInLink(secret: pick.link, browser: mixed, name: "Hasard", device: ""), as: .visitor)
        #expect(!spent.contains { $0.link == pick.link }, "a link opened twice")
        #expect(mixed == pick.browser, "a link opened in another browser")
        spent.append(pick)
        open.append(opened)
        if !people.contains(opened.account) { people.append(opened.account) }
    }

    private mutating func closeOne(_ principal: Principal) async throws {
        guard !open.isEmpty else { return }
        let target = open[draw(open.count)]
        try await world.desk.perform(CloseSession(target.session), as: principal)
        #expect(target.account == principal.account, "somebody else's session was closed")
        bury { $0.session == target.session }
    }

    private mutating func closeOthers(_ principal: Principal) async throws {
        guard !open.isEmpty else { return }
        let kept = open[draw(open.count)]
        _ = try await world.desk.perform(CloseOtherSessions(keeping: kept.session), as: principal)
        bury { $0.account == kept.account && $0.session != kept.session }
    }

    private func revoke(_ principal: Principal) async throws {
        let now = world.now
        let all = try await world.database.read { try RoleGrantStore.inForce(of: people, at: now, $0) }
        guard !all.isEmpty else { return }
        let grant = all[draw(all.count)]
        try await world.desk.perform(RevokeRole(grant.id, reason: "tiré au hasard", head: world.head), as: principal)
        let left = try await world.principal(grant.account)
        #expect(!left.grants.contains(grant.grant), "a revoked role is still held")
    }

    private func invite(_ principal: Principal) async throws {
        let place = Scope(.place, Int64(draw(3) + 1))
        _ = try await world.desk.perform(
            InviteEditor(world.email("p\(draw(8))"), as: .placeEditor, of: place, named: "Lieu", head: world.head),
            as: principal)
        #expect(AccountRights.mayManageTeam(principal, of: place))
    }

    private mutating func closeAccount(_ principal: Principal) async throws {
        guard let mine = open.last(where: { $0.account == principal.account }) else { return }
        try await world.desk.perform(
            CloseAccount(
                session: mine.session, isConfirmed: true, leavesPlacesAlone: draw(2) == 0, head: world.head,
                traces: PersonalTraces()),
            as: principal)
        closed.insert(mine.account)
        bury { $0.account == mine.account }
    }

    private mutating func changeEmail(_ principal: Principal) async throws {
        guard let mine = open.last(where: { $0.account == principal.account }) else { return }
        let name = "n\(draw(1_000))"
        try await world.desk.perform(
            RequestEmailChange(to: world.email(name), session: mine.session, head: world.head), as: principal)
        let secret = try world.secret(in: try await world.lastLetter(to: "\(name)@exemple.fr"))
        try await world.desk.perform(
            ConfirmEmailChange(secret: secret, session: mine.session, head: world.head), as: principal)
        bury { $0.account == mine.account && $0.session != mine.session }
    }

    private mutating func renew() async throws {
        guard !open.isEmpty else { return }
        let index = draw(open.count)
        let old = open[index]
        let new = try await world.desk.perform(RenewSession(old.secret), as: .visitor)
        dead.append(old.secret)
        open[index] = OpenedSession(
            session: old.session, account: old.account, secret: new, destination: "/", isNewAccount: false)
    }

    private mutating func bury(_ isDead: (OpenedSession) -> Bool) {
        dead += open.filter(isDead).map(\.secret)
        open.removeAll(where: isDead)
    }

    /// What must hold after any act.
    func check(_ step: Int) async throws {
        let now = world.now
        try await world.database.read { reader in
            for secret in dead {
                let presence = try PrincipalReader.presence(sessionSecret: secret, at: now, reader)
                #expect(presence == nil, "a closed session opened at step \(step)")
            }
            for opened in open {
                guard let presence = try PrincipalReader.presence(sessionSecret: opened.secret, at: now, reader) else {
                    continue
                }
                #expect(presence.principal.account == opened.account)
                let direct = try PrincipalReader.principal(opened.account, at: now, reader)
                #expect(presence.principal == direct)
            }
            for account in closed {
                #expect(try PrincipalReader.principal(account, at: now, reader) == nil)
            }
            #expect(try !RoleGrantStore.holders(of: .operator, on: .network, at: now, reader).isEmpty)
            let selfGiven = try reader.count(
                "SELECT COUNT(*) FROM role_grant WHERE granted_by = account_id AND reason <> 'invitation'")
            #expect(selfGiven == 0)
            let orphans = try reader.count(
                """
                SELECT COUNT(*)
                FROM session
                JOIN account ON account.id = session.account_id
                WHERE account.closed_at IS NOT NULL
                """)
            #expect(orphans == 0)
        }
    }
}
