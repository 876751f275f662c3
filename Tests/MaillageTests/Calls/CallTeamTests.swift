import Storage
import Testing
import Workbench

@testable import Maillage

@Suite("The team of a call") struct CallTeamTests {
    private static func secret(_ world: CallWorld, to address: String) async throws -> Secret {
        let text = try #require(try await world.letters(to: address).last).text
        let words = text.split { $0.isWhitespace || $0 == "/" }
        return try #require(words.lazy.compactMap { Secret(text: String($0)) }.first)
    }

    // CALL-16
    @Test("an invitation is the same for every address, and is accepted with it", arguments: TestEngine.available)
    func invitations(_ engine: TestEngine) async throws {
        try await CallWorld.on(engine) { world in
            let owner = try await world.funder()
            let (known, other) = (try await world.person("connue"), try await world.person("autre"))
            let call = try await world.draft(by: owner)
            func invite(_ name: String) -> InviteCallTeammate {
                InviteCallTeammate(call: call.id, email: "\(name)@exemple.fr", head: world.head)
            }
            for name in ["connue", "inconnue"] { _ = try await world.desk.perform(invite(name), as: owner) }
            let letters = try await [world.letters(to: "connue@exemple.fr"), world.letters(to: "inconnue@exemple.fr")]
            #expect(letters.map(\.count) == [1, 1])
            #expect(letters[0].map(\.subject) == letters[1].map(\.subject))
            let members = try await world.database.read { try CallTeamStore.members(of: call.id, $0) }
            #expect(members == [owner.account], "nobody is of the team before they accept")
            #expect(try await world.read(call.id, as: known) == nil)

            // With another address, and without signing in, it opens nothing; a second one replaces the first.
            let first = try await Self.secret(world, to: "connue@exemple.fr")
            #expect(try await world.refusal(AcceptCallInvitation(first), as: other) is Denied)
            #expect(try await world.refusal(AcceptCallInvitation(first), as: .visitor) is Denied)
            _ = try await world.desk.perform(invite("connue"), as: owner)
            #expect(try await world.refusal(AcceptCallInvitation(first), as: known) is Missing)
            let second = try await Self.secret(world, to: "connue@exemple.fr")
            #expect(try await world.desk.perform(AcceptCallInvitation(second), as: known) == call.slug)
            #expect(try await world.read(call.id, as: known) != nil)
            #expect(try await world.refusal(AcceptCallInvitation(second), as: known) is Missing, "it served")
            #expect(try await world.refusal(invite("connue"), as: owner) is Problems, "they are of the team")
            #expect(try await world.refusal(invite("pas une adresse"), as: owner) is Problems)

            // Taken back, too old, or from somebody who no longer keeps the call: it opens nothing.
            let waiting = try await world.database.read {
                try CallInvitationStore.waiting(for: call.id, at: world.clock.now, $0)
            }
            let revoked = try #require(waiting.first { $0.email == "inconnue@exemple.fr" })
            let revoke = RevokeCallInvitation(call: call.id, invitation: revoked.id)
            #expect(try await world.refusal(revoke, as: other) is Missing)
            try await world.desk.perform(revoke, as: owner)
            #expect(try await world.refusal(revoke, as: owner) is Missing)
            _ = try await world.desk.perform(invite("autre"), as: known)
            let third = try await Self.secret(world, to: "autre@exemple.fr")
            try await world.desk.perform(
                RemoveCallTeammate(call: call.id, account: known.account ?? Account.ID(0)), as: owner)
            #expect(try await world.refusal(AcceptCallInvitation(third), as: other) is Missing)
            _ = try await world.desk.perform(invite("autre"), as: owner)
            let fourth = try await Self.secret(world, to: "autre@exemple.fr")
            world.clock.advance(by: CallInvitation.lifetime)
            #expect(try await world.refusal(AcceptCallInvitation(fourth), as: other) is Missing)
        }
    }
}
