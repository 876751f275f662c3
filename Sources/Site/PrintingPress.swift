/// Makes PDF files of pages, with a program of the machine. Absent when the machine has none: pages then say so.
public struct PrintingPress: Sendable {
    /// A whole HTML document in, a PDF out. Throws `PressFailure` when the program fails, is too slow or asks for too much.
    public let pdf: @Sendable (_ html: [UInt8]) async throws -> [UInt8]

    public init(pdf: @escaping @Sendable (_ html: [UInt8]) async throws -> [UInt8]) {
        self.pdf = pdf
    }
}

/// A page could not be printed, for a reason that the log tells.
public struct PressFailure: Error, Sendable, Equatable {
    public let reason: String

    public init(_ reason: String) {
        self.reason = reason
    }
}
