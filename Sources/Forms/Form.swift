/// A form as data: a version of its questions, in order, in sections.
public struct Form: Sendable, Equatable {
    /// Grows by one each time the questions change; an answered form keeps the version it was answered with.
    public let version: Int

    public init(version: Int) {
        self.version = version
    }
}
