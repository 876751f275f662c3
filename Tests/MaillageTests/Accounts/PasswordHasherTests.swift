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
        var shortest = Duration.seconds(100)
        for _ in 0..<3 {
            let start = ContinuousClock.now
            let answer = try await hasher.verify("tulipes violettes", against: nil)
            shortest = min(shortest, ContinuousClock.now - start)
            #expect(!answer)
        }
        // Refusing without computing takes microseconds; 19 MiB cannot be filled twice in less than this.
        #expect(shortest > .milliseconds(5))
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

    // A run of CI met it: the answer was heard a breath before the place was given back.
    @Test func `who has the answer sees nothing running any more`() async throws {
        let hasher = PasswordHasher(.quick)
        for _ in 0..<2_000 {
            _ = try await hasher.verify("essai", against: nil)
            #expect(hasher.running == 0)
        }
    }
}
