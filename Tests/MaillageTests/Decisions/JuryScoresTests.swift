import Selection
import Testing
import Workbench

@testable import Maillage

/// What the selection reads of a jury.
@Suite struct JuryScoresTests {
    // DECI-2, JURY-7
    @Test("a selection takes the scores of a jury once its session opened them", arguments: TestEngine.available)
    func scores(_ engine: TestEngine) async throws {
        try await JuryWorld.on(engine) { jury in
            let (call, now) = (jury.world.call, jury.world.clock.now)
            func scores(_ principal: Principal) async throws -> [Candidacy.ID: ExactScore]? {
                try await jury.database.read { try JuryScores.of(principal, call, wave: nil, at: now, $0) }
            }
            for juror in [jury.chair] + jury.jurors { try await jury.finish(jury.dossiers[0], 4, 2, by: juror) }
            #expect(try await scores(jury.agent) == nil, "sealed")
            try await jury.reveal()
            #expect(try await scores(jury.agent) == [jury.dossiers[0]: try #require(ExactScore(80))])
            #expect(try await scores(jury.candidates[0]) == nil, "not for candidates")
        }
    }
}
