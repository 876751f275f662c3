import Exchange
import HTTPTypes
import Maillage

/// Calls for programs that follow them: an Atom feed, a calendar of all, a calendar of one.
enum CallFeeds {
    static func atom(_ visit: Visit) async throws -> Answer {
        let settings = visit.reception.settings
        let calls = try await visit.read { try CallListing.published(limit: 50, $0) }
        let entries = calls.map { call in
            var summary = call.settings.identity.summary
            if let wave = call.currentWave(at: visit.now) { summary += " Dépôt \(wave.deadlineWords)." }
            return AtomFeed.Entry(
                id: settings.baseURL + "/api/v1/calls#" + call.id.text, title: call.title,
                updated: call.updatedAt.microseconds, published: call.publishedAt?.microseconds,
                link: settings.baseURL + Paths.call(call.slug), summary: summary,
                author: call.settings.identity.organiser.isEmpty ? nil : call.settings.identity.organiser,
                categories: [call.nature.label])
        }
        let feed = AtomFeed(
            id: settings.baseURL + "/appels.atom", title: "\(settings.networkName)\u{202F}: appels",
            address: settings.baseURL + "/appels.atom", page: settings.baseURL + Paths.calls,
            author: settings.networkName, entries: entries)
        return Answer(type: AtomFeed.mediaType, bytes: feed.bytes()).openData()
    }

    /// The dates of calls that are open or to come.
    static func calendar(_ visit: Visit) async throws -> Answer {
        let now = visit.now
        let calls = try await visit.read { try CallListing.published(limit: 200, $0) }
            .filter { [.open, .coming].contains($0.phase(at: now)) }
        let base = visit.reception.settings.baseURL
        let writer = ICalendarWriter(name: "\(visit.reception.settings.networkName)\u{202F}: appels")
        let bytes = writer.bytes(calls.flatMap { CallCalendarFile.events(of: $0, base: base) })
        return Answer.file(bytes, type: ICalendarWriter.mediaType, savedAs: "appels.ics").openData()
    }

    static func one(_ visit: Visit) async throws -> Answer {
        let slug = try visit.parameter("slug")
        guard let call = try await visit.read({ try CallStore.call(.visitor, slug: slug, $0) }) else { throw Missing() }
        let writer = ICalendarWriter(name: call.title)
        let events = CallCalendarFile.events(of: call, base: visit.reception.settings.baseURL)
        return Answer.file(writer.bytes(events), type: ICalendarWriter.mediaType, savedAs: "\(slug).ics").openData()
    }
}

/// The dates of a call as events, in the same words as everywhere.
enum CallCalendarFile {
    static func events(of call: Call, base: String) -> [ICalendarEvent] {
        let host = String(
            (base.firstRange(of: "://").map { base[$0.upperBound...] } ?? base[...]).prefix { $0 != ":" && $0 != "/" })
        let page = base + Paths.call(call.slug)
        func event(_ key: String, _ at: Instant, _ summary: String, _ details: String, _ place: String = "")
            -> ICalendarEvent
        {
            var event = ICalendarEvent(
                uid: "call-\(call.id.text)-\(key)@\(host)", stamp: call.updatedAt.microseconds,
                start: .utc(at.microseconds), summary: summary)
            event.details = details + " " + page
            event.location = place.isEmpty ? nil : place
            event.url = page
            event.sequence = call.version
            event.status = call.state == .cancelled ? .cancelled : .confirmed
            return event
        }
        var events: [ICalendarEvent] = []
        for wave in call.settings.waves {
            let name = wave.label.isEmpty ? call.title : "\(call.title), \(wave.label)"
            if let opening = wave.opensAt {
                events.append(
                    event("open-\(wave.id.text)", opening, "Ouverture\u{202F}: \(name)", "Dépôt \(wave.deadlineWords).")
                )
            }
            events.append(
                event(
                    "close-\(wave.id.text)", wave.closesAt, "Limite de dépôt\u{202F}: \(name)",
                    "Dépôt \(wave.deadlineWords)."))
        }
        for (rank, date) in call.settings.calendar.milestones.enumerated() {
            guard let moment = date.startsAt else { continue }
            events.append(event("date-\(rank)", moment, "\(date.label)\u{202F}: \(call.title)", date.link, date.place))
        }
        return events
    }
}
