import Storage

/// An act being performed: the transaction, who performs it, when, and the traces it will leave.
public final class Proceeding {
    public let writer: Writer
    public let principal: Principal
    public let now: Instant
    public let surroundings: Surroundings

    private(set) var subject: Subject?
    private(set) var details: [(name: String, text: String)] = []
    private(set) var letters: [Letter] = []
    private(set) var changes: Set<Subject> = []
    private(set) var fold: Fold?
    private(set) var isIdle = false

    init(writer: Writer, principal: Principal, now: Instant, surroundings: Surroundings) {
        self.writer = writer
        self.principal = principal
        self.now = now
        self.surroundings = surroundings
    }

    /// The thing an act is about, as the journal and the listeners know it.
    public struct Subject: Hashable, Sendable {
        public let kind: String
        public let number: Int64

        public init<Kind>(_ identifier: Identifier<Kind>) {
            kind = String(describing: Kind.self).lowercased()
            number = identifier.number
        }

        /// As another node wrote it.
        init(kind: String, number: Int64) {
            self.kind = kind
            self.number = number
        }
    }

    public func newIdentifier<Kind>() -> Identifier<Kind> {
        surroundings.identifier()
    }

    /// Names what the act was about, and tells those who keep a view of it that it changed.
    public func about<Kind>(_ identifier: Identifier<Kind>) {
        let subject = Subject(identifier)
        self.subject = subject
        changes.insert(subject)
    }

    /// Names what the act was about, when nothing that others see of it changed: somebody signed in or out.
    public func concerns<Kind>(_ identifier: Identifier<Kind>) {
        subject = Subject(identifier)
    }

    /// Tells those who keep a view of something else that it changed too.
    public func changed<Kind>(_ identifier: Identifier<Kind>) {
        changes.insert(Subject(identifier))
    }

    /// Adds a fact to the act's line in the journal. Never a personal value: the journal is kept for ever.
    public func note(_ name: String, _ text: String) {
        details.append((name, text))
    }

    /// When one line of the journal stands for several acts.
    struct Fold {
        let since: Instant
        let names: [String]
    }

    /// Says that a line of this act, by the same person, about the same thing, written since an instant and with the same facts under
    /// these names, stands for this one too: no other is added. Nothing of what stands is changed. For acts that come by themselves,
    /// many an hour, and whose every trace is kept elsewhere.
    public func folds(since: Instant, over names: [String] = []) {
        fold = Fold(since: since, names: names)
    }

    /// Says that there was nothing to do, and that nothing was written: no line of the journal is either. For what anybody may ask for,
    /// again and again.
    public func didNothing() {
        isIdle = true
    }

    /// Puts a letter in the outbox, in the same transaction.
    public func send(_ letter: Letter) {
        letters.append(letter)
    }
}
