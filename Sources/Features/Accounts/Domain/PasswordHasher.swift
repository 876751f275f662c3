import CArgon2
import Dispatch
import Synchronization

/// Argon2id on threads of its own, at most four at once: each computation holds 19 MiB and about 50 ms (ACC-9).
///
/// Always outside a transaction. More than `queueLength` waiting are turned away with `Throttled`.
public final class PasswordHasher: Sendable {
    public struct Parameters: Sendable {
        let passes: UInt32
        let kibibytes: UInt32

        /// The floor of OWASP ASVS 5.0: t=2, m=19 MiB, p=1.
        public static let standard = Parameters(passes: 2, kibibytes: 19_456)
        /// For tests of everything else than strength.
        static let quick = Parameters(passes: 1, kibibytes: 8)
    }

    /// Computes, and returns what tells the one who asked.
    private typealias Job = @Sendable () -> @Sendable () -> Void

    private struct State {
        var running = 0
        var waiting: [Job] = []
    }

    private let parameters: Parameters
    private let queue = DispatchQueue(label: "maillage.passwords", attributes: .concurrent)
    private let state = Mutex(State())

    static let width = 4
    static let queueLength = 64

    public init(_ parameters: Parameters = .standard) {
        self.parameters = parameters
    }

    /// The standard `$argon2id$…` string, with a salt of its own.
    public func hash(_ password: String) async throws -> String {
        let parameters = parameters
        let encoded: String? = try await onOwnThread {
            var generator = SystemRandomNumberGenerator()
            let salt = (0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) }
            return Self.encode(Array(password.utf8), salt, parameters)
        }
        guard let encoded else { throw HashingFailed() }
        return encoded
    }

    /// Whether the password is the one of `encoded`. Without one (`nil`) the same work is done, and the answer is no.
    public func verify(_ password: String, against encoded: String?) async throws -> Bool {
        let reference = encoded ?? dummy
        let matches = try await onOwnThread {
            let bytes = Array(password.utf8)
            return argon2id_verify(reference, bytes, bytes.count) == ARGON2_OK.rawValue
        }
        return matches && encoded != nil
    }

    /// How many computations run now: never more than four.
    var running: Int { state.withLock { $0.running } }

    /// The library could not allocate or refused its parameters.
    public struct HashingFailed: Error {}

    /// Nobody's password, of the same cost as everybody's.
    private var dummy: String {
        "$argon2id$v=19$m=\(parameters.kibibytes),t=\(parameters.passes),p=1$bWFpbGxhZ2UtZHVtbXk$"
            + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    }

    private static func encode(_ password: [UInt8], _ salt: [UInt8], _ parameters: Parameters) -> String? {
        var encoded = [CChar](repeating: 0, count: 160)
        let status = argon2id_hash_encoded(
            parameters.passes, parameters.kibibytes, 1, password, password.count, salt, salt.count, 32, &encoded,
            encoded.count)
        guard status == ARGON2_OK.rawValue else { return nil }
        return String(decoding: encoded.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private func onOwnThread<T: Sendable>(_ work: @escaping @Sendable () -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            let isAccepted = enqueue {
                let answer = work()
                return { continuation.resume(returning: answer) }
            }
            if !isAccepted { continuation.resume(throwing: Throttled(retryAfter: .seconds(5))) }
        }
    }

    private func enqueue(_ job: @escaping Job) -> Bool {
        let decision: (accepted: Bool, starts: Bool) = state.withLock { state in
            if state.running < Self.width {
                state.running += 1
                return (true, true)
            }
            guard state.waiting.count < Self.queueLength else { return (false, false) }
            state.waiting.append(job)
            return (true, false)
        }
        if decision.starts { queue.async { self.drain(job) } }
        return decision.accepted
    }

    /// The place is given back, or to the next, before the one who asked hears: who has heard everything sees nothing running.
    private func drain(_ first: @escaping Job) {
        var next: Job? = first
        while let job = next {
            let tell = job()
            next = nextJob()
            tell()
        }
    }

    private func nextJob() -> Job? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.running -= 1
                return nil
            }
            return state.waiting.removeFirst()
        }
    }
}
