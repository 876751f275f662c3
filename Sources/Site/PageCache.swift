import HTTPTypes
import Maillage
import NIOCore
import Synchronization

/// The public pages of this moment. Bounded in bytes; the least recently asked for leave first.
public final class PageCache: Sendable {
    struct Page: Sendable {
        let headers: HTTPFields
        let plain: ByteBuffer
        let gzipped: ByteBuffer?
        let tag: String
        let generation: UInt64
        let expires: Instant

        /// The same page with its compressed form beside it.
        func compressed(_ gzipped: ByteBuffer) -> Page {
            Page(headers: headers, plain: plain, gzipped: gzipped, tag: tag, generation: generation, expires: expires)
        }

        var size: Int { plain.readableBytes + (gzipped?.readableBytes ?? 0) + 512 }
    }

    private struct Shelf {
        var pages: [String: (page: Page, used: UInt64)] = [:]
        var bytes = 0
        var clock: UInt64 = 0
    }

    private let shelf = Mutex(Shelf())
    private let changes = Atomic<UInt64>(0)
    private let capacity: Int

    /// Keeps at most `capacity` bytes, and no page of more than an eighth of it.
    public init(capacity: Int = 16 << 20) {
        self.capacity = capacity
    }

    /// How many times the network changed. A page belongs to the generation that was read before it was made.
    public var generation: UInt64 { changes.load(ordering: .acquiring) }

    /// For `Desk.listeners`: forgets the pages when an act changed what they show. A letter in the outbox changes none, or
    /// anybody who asks for mail could empty the cache.
    public var listener: @Sendable (Set<Proceeding.Subject>) async -> Void {
        { [self] changes in
            if changes.contains(where: { $0.kind != PostOffice.subjectKind }) { invalidate() }
        }
    }

    /// To be called after each change, once views of it are fresh: every page kept becomes old.
    public func invalidate() {
        changes.add(1, ordering: .releasing)
    }

    func page(_ key: String, generation: UInt64, now: Instant) -> Page? {
        shelf.withLock { shelf in
            guard let found = shelf.pages[key] else { return nil }
            guard found.page.generation == generation, now < found.page.expires else {
                shelf.bytes -= found.page.size
                shelf.pages[key] = nil
                return nil
            }
            shelf.clock += 1
            shelf.pages[key]?.used = shelf.clock
            return found.page
        }
    }

    func keep(_ page: Page, under key: String) {
        guard page.size <= capacity / 8 else { return }
        shelf.withLock { shelf in
            if let old = shelf.pages[key] { shelf.bytes -= old.page.size }
            shelf.clock += 1
            shelf.pages[key] = (page, shelf.clock)
            shelf.bytes += page.size
            if shelf.bytes > capacity { Self.makeRoom(&shelf, capacity - capacity / 4) }
        }
    }

    private static func makeRoom(_ shelf: inout Shelf, _ goal: Int) {
        for (key, kept) in shelf.pages.sorted(by: { $0.value.used < $1.value.used }) {
            guard shelf.bytes > goal else { return }
            shelf.pages[key] = nil
            shelf.bytes -= kept.page.size
        }
    }
}
