import HTTPTypes
import Maillage
import NIOCore

/// Pages that are the same for everybody who is not signed in are made once and kept until something changes. One that is asked
/// for again is compressed well, once; most filtered lists never are, and go out compressed lightly like any other page.
enum CacheDoor {
    /// Where an answer may be kept, and the generation it will belong to.
    struct Slot {
        let key: String
        let generation: UInt64
        let seconds: Int
    }

    static func slot(for visit: Visit, _ route: Route) -> Slot? {
        guard let seconds = route.sharedSeconds, visit.flash == nil, visit.target.utf8.count <= 1_024 else {
            return nil
        }
        guard Cookies.value(visit.reception.sessionCookie, in: visit.headers) == nil else { return nil }
        // What decides the words of a page must be in its key: a part of a page is not the page.
        let key = visit.wantsPart ? "part " + visit.target : visit.target
        return Slot(key: key, generation: visit.reception.cache.generation, seconds: seconds)
    }

    static func kept(_ slot: Slot, _ visit: Visit) -> Answer? {
        guard let page = visit.reception.cache.page(slot.key, generation: slot.generation, now: visit.now) else {
            return nil
        }
        visit.reception.tally.countCacheHit()
        guard page.gzipped == nil, CompressionDoor.isWorth(page.plain, page.headers),
            CompressionDoor.accepts(visit.headers),
            let smaller = CompressionDoor.gzip(Array(page.plain.readableBytesView), level: 6)
        else { return answer(page, visit) }
        let compressed = page.compressed(ByteBuffer(bytes: smaller))
        visit.reception.cache.keep(compressed, under: slot.key)
        return answer(compressed, visit)
    }

    static func keep(_ answer: Answer, in slot: Slot, _ visit: Visit) -> Answer {
        guard answer.status == .ok, case .bytes(let plain) = answer.body, answer.flash == nil,
            answer.headers[.setCookie] == nil
        else { return answer }
        let bytes = Array(plain.readableBytesView)
        let page = PageCache.Page(
            headers: answer.headers, plain: plain, gzipped: nil, tag: FreshnessDoor.tag(of: bytes),
            generation: slot.generation, expires: visit.now + .seconds(Int64(slot.seconds)))
        visit.reception.cache.keep(page, under: slot.key)
        return Self.answer(page, visit)
    }

    private static func answer(_ page: PageCache.Page, _ visit: Visit) -> Answer {
        var answer = Answer(status: .ok, headers: page.headers, body: .bytes(page.plain))
        answer.headers[.eTag] = "\"\(page.tag)\""
        if let gzipped = page.gzipped, CompressionDoor.accepts(visit.headers) {
            answer.body = .bytes(gzipped)
            answer.headers[.eTag] = "\"\(page.tag)-gz\""
            answer.headers[.contentEncoding] = "gzip"
        }
        return answer
    }
}
