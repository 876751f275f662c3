import Testing

@testable import Maillage

@Suite struct PasswordHasherTests {
    // ACC-9: the floor of ASVS 5.0, in the standard form.
    @Test func `a hash is a standard Argon2id string, salted, of the stated cost`() async throws {
        let hasher = PasswordHasher()
        let first = try await hasher.hash("tulipes violettes")
        let second = try await hasher.hash("tulipes violettes")
        #expect(first.hasPrefix("$argon2id$v=19$m=19456,t=2,p=1$"))
        #expect(first != second)
        #expect(try await hasher.verify("tulipes violettes", against: first))
        #expect(try await !hasher.verify("tulipes violette", against: first))
    }

    @Test func `without a stored hash the same work is done and the answer is no`() async throws {
        let hasher = PasswordHasher()
        let stored = try await hasher.hash("tulipes violettes")
        let clock = ContinuousClock()
        var known = Duration.seconds(10)
        var unknown = Duration.seconds(10)
        for _ in 0..<5 {
            known = min(known, try await clock.measure { _ = try await hasher.verify("essai", against: stored) })
            unknown = min(unknown, try await clock.measure { _ = try await hasher.verify("essai", against: nil) })
        }
        #expect(try await !hasher.verify("", against: nil))
        // A loaded machine allows no finer comparison; a skipped computation would be a thousand times shorter.
        #expect(unknown * 4 > known && known * 4 > unknown)
    }

    // ACC-9
    @Test func `at most four are computed at once, and the overflow is turned away`() async throws {
        let hasher = PasswordHasher()
        let (most, refused, done) = await withTaskGroup(of: (Int, Bool).self) { group in
            for _ in 0..<80 {
                group.addTask {
                    do {
                        _ = try await hasher.verify("essai", against: nil)
                        return (hasher.running, false)
                    } catch {
                        return (hasher.running, error is Throttled)
                    }
                }
            }
            var most = 0
            var refused = 0
            var done = 0
            for await (running, wasRefused) in group {
                most = max(most, running)
                if wasRefused { refused += 1 } else { done += 1 }
            }
            return (most, refused, done)
        }
        #expect(most <= 4)
        #expect(refused + done == 80)
        #expect(done >= 64)
        #expect(hasher.running == 0)
    }
}
