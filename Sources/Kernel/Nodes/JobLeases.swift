import Storage

/// Which node does a job of the house: a row with an end, lengthened while the node lives. On SQLite there is one process, which has
/// every job.
///
/// A lease saves work and letters; it is not what keeps an act from being done twice: acts are transactions, and look again at what
/// is due. Its ends are by the database server's clock, so that the nodes' own do not matter.
public struct JobLeases: Sendable {
    private let database: Database
    /// This process, among all.
    let holder: String

    /// - Parameter node: the node's name, for those who read the table; nil for one without a name.
    public init(database: Database, node: String? = nil) {
        self.database = database
        // Never the same after a new start: a process must not take itself for the one that died.
        holder = (node ?? "node") + "-" + FileVault.freshName().prefix(12)
    }

    /// Takes a job for `span` from now, when nobody has it or this process has. False: another node does it.
    public func take(_ job: String, for span: Instant.Span) async throws -> Bool {
        guard database.dialect == .postgres else { return true }
        let holder = holder
        return try await database.write(again: nil) { writer in
            let now = try writer.serverClock()
            return try writer.run(
                """
                INSERT INTO job_lease (job, holder, until)
                VALUES (\(job), \(holder), \(now + span.microseconds))
                ON CONFLICT (job) DO UPDATE
                SET holder = excluded.holder,
                    until = excluded.until
                WHERE job_lease.holder = excluded.holder
                    OR job_lease.until <= \(now)
                """) == 1
        }
    }

    /// Gives back every job this process has: another node need not wait for their end.
    public func giveBack() async throws {
        guard database.dialect == .postgres else { return }
        let holder = holder
        _ = try await database.write(again: nil) { writer in
            try writer.run("DELETE FROM job_lease WHERE holder = \(holder)")
        }
    }
}
