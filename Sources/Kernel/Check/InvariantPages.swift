import Storage

extension Invariant {
    /// Each row of a statement, some at a time: the memory it takes depends on neither engine nor count. Answers how many.
    ///
    /// - Parameters:
    ///   - page: the statement for the rows whose identifier, its first column, is after a number; in that order.
    ///   - settle: what is done with some rows once they are read, no statement being open.
    static func each(
        by size: Int = 200, _ reader: Reader, _ page: (_ after: Int64) -> SQL, _ body: (Row) throws -> Void,
        settle: () throws -> Void = {}
    ) throws -> Int {
        var (count, last) = (0, Int64.min)
        while true {
            let before = count
            try reader.each("\(page(last)) LIMIT \(size)") { row in
                last = try row.int(0)
                count += 1
                try body(row)
                return true
            }
            try settle()
            if count - before < size { return count }
        }
    }

    /// Tells the first number that lacks in each group of numbers that must go from 1 without a hole.
    ///
    /// - Parameter rows: a group, as a text or a number, and a number of it; by group, then by number.
    static func holes(
        _ rows: SQL, _ reader: Reader, _ tell: (_ group: Int64, _ missing: Int64) -> Void
    ) throws -> Int {
        var (count, group, next, isTold) = (0, Int64?.none, Int64(1), false)
        try reader.each(rows) { row in
            let (owner, number) = (try row.int(0), try row.int(1))
            if group != owner { (group, next, isTold) = (owner, 1, false) }
            if number != next, !isTold {
                tell(owner, next)
                isTold = true
            }
            next = number + 1
            count += 1
            return true
        }
        return count
    }
}
