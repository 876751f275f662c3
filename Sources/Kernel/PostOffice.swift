import Storage

/// Takes a finished message to the outside. Throws when it could not; the message is then tried again later.
public protocol Courier: Sendable {
    func deliver(_ message: [UInt8], to recipient: String) async throws
}

/// Delivers the outbox: each letter at least once, always under the same Message-ID, later and later when it fails.
public final class PostOffice: Sendable {
    private let database: Database
    private let surroundings: Surroundings
    private let courier: any Courier
    private let sender: String
    private let senderName: String
    private let host: String
    private let wakes: AsyncStream<Void>
    private let bell: AsyncStream<Void>.Continuation

    /// `report` is told of each failure, without the letter's words.
    private let report: @Sendable (String) -> Void

    public init(
        database: Database, surroundings: Surroundings, settings: Settings, courier: any Courier,
        report: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.database = database
        self.surroundings = surroundings
        self.courier = courier
        self.report = report
        sender = settings.mailFrom
        senderName = settings.networkName
        host = Self.host(of: settings.baseURL)
        (wakes, bell) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Says that a letter may have been written. Cheap, from anywhere.
    public func wake() {
        bell.yield()
    }

    /// For `Desk.listeners`: wakes when an act sent a letter.
    public var listener: @Sendable (Set<Proceeding.Subject>) async -> Void {
        { [self] changes in
            if changes.contains(where: { $0.kind == Self.subjectKind }) { wake() }
        }
    }

    /// What the outbox is called in the changes of an act.
    public static let subjectKind = "letter"

    /// Delivers until the task is cancelled: when woken, when a letter comes due, and every minute at least.
    public func run() async {
        bell.yield()
        // One at a time: each turn would otherwise leave another, which rings for a turn that leaves another.
        var timer: Task<Void, any Error>?
        defer { timer?.cancel() }
        for await _ in wakes {
            timer?.cancel()
            var pause = Instant.Span.minutes(1)
            do {
                while try await deliverDue() > 0 {}
                if let due = try await database.read(Outbox.nextDue) {
                    pause = min(pause, max(due - surroundings.now(), .seconds(1)))
                }
            } catch is CancellationError {
                return
            } catch {
                report("the outbox could not be read or written: \(error)")
            }
            if Task.isCancelled { return }
            let bell = bell
            let length = Duration.microseconds(pause.microseconds)
            timer = Task {
                try await Task.sleep(for: length)
                bell.yield()
            }
        }
    }

    /// Tries the letters that are due, oldest first, fifty at most. Answers how many left or failed.
    public func deliverDue() async throws -> Int {
        let now = surroundings.now()
        var handled = 0
        while handled < 50 {
            try Task.checkCancellation()
            // Looked for without writing first: most rings find nothing.
            guard try await !database.read({ try Outbox.due(at: now, limit: 1, $0) }).isEmpty else { break }
            let claimed = try await database.write(again: nil) { try Outbox.claim(for: .minutes(2), at: now, $0) }
            guard let claimed else { break }
            handled += 1
            try await deliver(claimed)
        }
        return handled
    }

    private func deliver(_ waiting: Outbox.Waiting) async throws {
        let message = MailMessage(
            id: waiting.id, letter: waiting.letter, date: waiting.createdAt, sender: sender, senderName: senderName,
            host: host)
        do {
            try await courier.deliver(message.bytes, to: MailMessage.address(waiting.letter.recipient))
        } catch {
            let reason = String("\(error)".prefix(500))
            report("letter \(waiting.id) did not leave: \(reason)")
            let now = surroundings.now()
            try await database.write(again: nil) { try Outbox.markFailed(waiting, reason: reason, at: now, $0) }
            return
        }
        let now = surroundings.now()
        try await database.write(again: nil) { try Outbox.markSent(waiting.id, at: now, $0) }
    }

    /// The host of a web address, without its port.
    static func host(of baseURL: String) -> String {
        let rest = baseURL.drop { $0 != "/" }.drop { $0 == "/" }
        let host = rest.prefix { $0 != "/" && $0 != ":" }
        return host.isEmpty ? "localhost" : String(host)
    }
}
