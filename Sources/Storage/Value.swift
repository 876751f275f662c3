#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What a statement binds and a column holds. Booleans are stored as 0 and 1, instants as UTC microseconds,
/// money as integer cents: the two engines then agree without conversions.
public enum Value: Sendable, Hashable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])
}

extension Value {
    /// The value itself, or the refusal of what the two engines would store differently: PostgreSQL has no U+0000 in
    /// texts, SQLite turns NaN into NULL.
    func checked() throws -> Value {
        switch self {
        case .text(let text) where Self.holdsNull(text):
            throw StorageError.other(code: "22021", message: "a text holds U+0000")
        case .real(let real) where real.isNaN:
            throw StorageError.other(code: "22003", message: "not a number")
        default:
            return self
        }
    }

    private static func holdsNull(_ text: String) -> Bool {
        text.utf8.withContiguousStorageIfAvailable { bytes in
            bytes.baseAddress.map { memchr($0, 0, bytes.count) != nil } ?? false
        } ?? text.utf8.contains(0)
    }
}

/// A type that knows how it is stored: identifiers, instants, states.
public protocol Bindable: Sendable {
    var value: Value { get }
}

extension Int64: Bindable {
    public var value: Value { .integer(self) }
}

extension Int: Bindable {
    public var value: Value { .integer(Int64(self)) }
}

extension Double: Bindable {
    public var value: Value { .real(self) }
}

extension Bool: Bindable {
    public var value: Value { .integer(self ? 1 : 0) }
}

extension String: Bindable {
    public var value: Value { .text(self) }
}

extension [UInt8]: Bindable {
    public var value: Value { .blob(self) }
}

extension Value: Bindable {
    public var value: Value { self }
}

extension Optional: Bindable where Wrapped: Bindable {
    public var value: Value { self?.value ?? .null }
}
