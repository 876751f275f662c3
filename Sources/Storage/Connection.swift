/// One engine's connection: the little that `Reader` and `Writer` need. Used by one thread at a time.
protocol Connection: AnyObject {
    var dialect: Dialect { get }

    /// The first statement that failed outside an `attempt`. PostgreSQL refuses to commit after one; SQLite is made to.
    var doomed: StorageError? { get }

    /// Runs one statement and hands each row to `body`, which answers false to stop.
    func each(_ text: String, _ values: [Value], _ body: (Row) throws -> Bool) throws

    /// Runs one statement and answers how many rows it changed.
    func run(_ text: String, _ values: [Value]) throws -> Int

    /// Runs a script of several statements without values (migrations).
    func script(_ text: String) throws

    /// Savepoints nest; each call speaks of the innermost.
    func savepoint() throws
    func releaseSavepoint() throws
    func rollbackToSavepoint()
}
