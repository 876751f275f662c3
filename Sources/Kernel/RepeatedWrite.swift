import Storage

extension Database {
    /// One transaction, tried again when somebody else (another node, the post office) was quicker.
    ///
    /// - Parameter turn: where those of this program wait for each other, when two at once would stand in each other's way.
    func write<T: Sendable>(
        again turn: Turnstile?, _ body: @escaping @Sendable (Writer) throws -> T
    ) async throws -> T {
        var attempts = 0
        while true {
            do {
                guard let turn else { return try await write(body) }
                return try await turn.pass { try await self.write(body) }
            } catch StorageError.serialization where attempts < 16 {
                attempts += 1
                // Longer and longer, never alike: those that met once do not meet again.
                try await Task.sleep(for: .milliseconds(Int.random(in: 0...(1 << min(attempts, 6)))))
            }
        }
    }
}
