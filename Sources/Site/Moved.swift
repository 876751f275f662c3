/// Thrown when what is asked for lives at another path now, which anybody who may read it may know.
struct Moved: Error, Sendable {
    let path: String

    init(to path: String) {
        self.path = path
    }
}
