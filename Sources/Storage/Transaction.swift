/// A consistent view of the database. It cannot write, on either engine. Never kept beyond its closure.
public class Reader {
    let connection: any Connection

    init(_ connection: any Connection) {
        self.connection = connection
    }

    public final var dialect: Dialect { connection.dialect }

    /// Every row of the statement, in its order.
    public final func all<T>(_ sql: SQL, _ read: (Row) throws -> T) throws -> [T] {
        var items: [T] = []
        let (text, values) = sql.rendered(for: connection.dialect)
        try connection.each(text, values) { row in
            items.append(try read(row))
            return true
        }
        return items
    }

    /// The first row of the statement, or nil.
    public final func one<T>(_ sql: SQL, _ read: (Row) throws -> T) throws -> T? {
        var item: T?
        let (text, values) = sql.rendered(for: connection.dialect)
        try connection.each(text, values) { row in
            item = try read(row)
            return false
        }
        return item
    }

    /// Each row in turn, without keeping any; `body` answers false to stop.
    public final func each(_ sql: SQL, _ body: (Row) throws -> Bool) throws {
        let (text, values) = sql.rendered(for: connection.dialect)
        try connection.each(text, values, body)
    }

    /// The first column of the first row as an integer, 0 when there is no row.
    public final func count(_ sql: SQL) throws -> Int {
        try one(sql) { Int(try $0.int(0)) } ?? 0
    }

    /// Whether the statement has at least one row.
    public final func exists(_ sql: SQL) throws -> Bool {
        try one(sql) { _ in true } ?? false
    }
}

/// A transaction that may write. What it throws undoes all it did.
public final class Writer: Reader {
    /// Runs one statement; answers how many rows it changed.
    @discardableResult
    public func run(_ sql: SQL) throws -> Int {
        let (text, values) = sql.rendered(for: connection.dialect)
        return try connection.run(text, values)
    }

    /// Tries `body` in a savepoint: what it throws undoes only what it did, on both engines.
    ///
    /// A statement that failed must be caught outside an `attempt`: one whose error is swallowed without it makes the
    /// whole transaction refuse to commit, as PostgreSQL does.
    public func attempt<T>(_ body: (Writer) throws -> T) throws -> T {
        try connection.savepoint()
        do {
            let result = try body(self)
            if let doomed = connection.doomed { throw doomed }
            try connection.releaseSavepoint()
            return result
        } catch {
            connection.rollbackToSavepoint()
            throw error
        }
    }
}
