import CLibPQ
import CSQLite

/// A row while it is being read, by position. Valid only inside the closure it is given to.
///
/// Readers that state a type (`int`, `text`, …) throw `StorageError.unexpectedValue` on NULL; the `optional…` forms answer nil.
public struct Row {
    enum Source {
        case sqlite(OpaquePointer)
        case postgres(OpaquePointer, Int32)
    }

    let source: Source
}
