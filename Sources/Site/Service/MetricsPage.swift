import HTTPTypes
import Maillage
import Storage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// `/metrics`, in the Prometheus text format 0.0.4: for the machine itself, or for who holds the token of the setting `METRICS_TOKEN`.
/// For all others there is no such page (SRV-4).
enum MetricsPage {
    static func show(_ visit: Visit) async throws -> Answer {
        guard mayRead(visit) else { throw Missing() }
        var text = MetricsText()
        requests(visit.reception.tally.reading, &text)
        let reception = visit.reception
        let health = await reception.health.current(reception)
        healthFigures(health, &text)
        let load = reception.database.load
        text.gauge("maillage_writes_waiting", "Writes that wait for their turn.", Double(load.waiting))
        text.counter("maillage_writes_total", "Writes answered.", Double(load.writes))
        text.counter(
            "maillage_write_wait_seconds_total", "Time that writes waited for their turn.",
            Double(load.waitedMilliseconds) / 1_000)
        text.gauge("maillage_database_connections_free", "Connections at rest.", Double(load.freeConnections))
        if health.databaseAnswers {
            let (sessions, uploads) = try await visit.read {
                (try SessionStore.count($0), try CandidacyUploadStore.count($0))
            }
            text.gauge("maillage_sessions", "Sessions open.", Double(sessions))
            text.gauge("maillage_uploads_in_progress", "Uploads begun and not finished.", Double(uploads))
        }
        process(&text)
        return Answer(type: "text/plain; version=0.0.4; charset=utf-8", bytes: Array(text.lines.utf8)).with(
            .cacheControl, "no-store")
    }

    private static func mayRead(_ visit: Visit) -> Bool {
        if visit.address.isLoopback, visit.headers[HeaderName.forwardedFor] == nil { return true }
        guard let token = visit.reception.settings.metricsToken,
            let given = visit.headers[.authorization], given.hasPrefix("Bearer ")
        else { return false }
        return isSame(Array(given.utf8.dropFirst(7)), Array(token.utf8))
    }

    /// Takes the same time wherever the first difference is.
    private static func isSame(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static func requests(_ reading: Tally.Reading, _ text: inout MetricsText) {
        text.head("maillage_answers_total", "counter", "Answers by class of status.")
        for (hundreds, count) in reading.byClass.enumerated() where hundreds > 0 {
            text.line("maillage_answers_total{class=\"\(hundreds)xx\"}", Double(count))
        }
        text.head("maillage_answer_seconds", "histogram", "Time to answer.")
        var sum = 0
        for (place, bound) in Tally.bounds.enumerated() {
            sum += reading.byDuration[place]
            text.line("maillage_answer_seconds_bucket{le=\"\(Double(bound) / 1_000)\"}", Double(sum))
        }
        sum += reading.byDuration.last ?? 0
        text.line("maillage_answer_seconds_bucket{le=\"+Inf\"}", Double(sum))
        text.line("maillage_answer_seconds_sum", reading.seconds)
        text.line("maillage_answer_seconds_count", Double(sum))
        text.counter("maillage_cached_pages_total", "Pages given as they were kept.", Double(reading.cacheHits))
    }

    private static func healthFigures(_ health: Health, _ text: inout MetricsText) {
        text.gauge("maillage_database_up", "1 when the database answers.", health.databaseAnswers ? 1 : 0)
        if health.standby != .none {
            text.gauge(
                "maillage_database_standby_awaited", "1 when a commit waits for a second server.",
                health.standby == .awaited ? 1 : 0)
        }
        text.gauge("maillage_start_time_seconds", "When the site started.", Double(health.startedAt.seconds))
        text.gauge("maillage_letters_waiting", "Letters that wait to leave.", Double(health.waitingMail))
        text.gauge(
            "maillage_letter_oldest_seconds", "Age of the oldest letter that waits.",
            health.oldestMail.map { Double((health.at - $0).seconds) } ?? 0)
        text.gauge("maillage_letters_abandoned", "Letters given up since yesterday.", Double(health.abandonedMail))
        if let last = health.lastBackup {
            text.gauge("maillage_backup_age_seconds", "Age of the newest backup.", Double((health.at - last).seconds))
        }
        if let disk = health.disk {
            text.gauge("maillage_disk_free_bytes", "Room left for the data.", Double(disk.free))
            text.gauge("maillage_disk_bytes", "Size of the disk of the data.", Double(disk.total))
        }
        if let isSynchronised = health.clockIsSynchronised {
            text.gauge("maillage_clock_synchronised", "1 when the clock follows another.", isSynchronised ? 1 : 0)
        }
        if health.scanner != .none {
            text.gauge("maillage_scanner_up", "1 when clamd answers.", health.scanner == .answers ? 1 : 0)
        }
        if let end = health.certificateEnd {
            text.gauge("maillage_certificate_end_seconds", "When the certificate ends.", Double(end.seconds))
        }
        text.gauge("maillage_damaged_files", "Files found damaged by the last check.", Double(health.damagedFiles))
    }

    /// From `/proc`, where there is one.
    private static func process(_ text: inout MetricsText) {
        if let pages = ProcessFacts.residentPages {
            text.gauge(
                "process_resident_memory_bytes", "Memory in use.", Double(pages) * Double(sysconf(Int32(_SC_PAGESIZE))))
        }
        if let count = ProcessFacts.openDescriptors {
            text.gauge("process_open_fds", "Open descriptors.", Double(count))
        }
    }
}

/// The lines of the Prometheus text format.
struct MetricsText {
    private(set) var lines = ""

    mutating func head(_ name: String, _ type: String, _ help: String) {
        lines += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    }

    mutating func line(_ name: String, _ value: Double) {
        let whole = value.rounded() == value && abs(value) < 1e15
        lines += whole ? "\(name) \(Int64(value))\n" : "\(name) \(value)\n"
    }

    mutating func gauge(_ name: String, _ help: String, _ value: Double) {
        head(name, "gauge", help)
        line(name, value)
    }

    mutating func counter(_ name: String, _ help: String, _ value: Double) {
        head(name, "counter", help)
        line(name, value)
    }
}

/// What Linux says of this process.
enum ProcessFacts {
    static var residentPages: Int64? {
        guard let file = fopen("/proc/self/statm", "r") else { return nil }
        defer { fclose(file) }
        var buffer = [UInt8](repeating: 0, count: 256)
        let count = fread(&buffer, 1, buffer.count, file)
        let words = String(decoding: buffer.prefix(count), as: UTF8.self).split(separator: " ")
        return words.count > 1 ? Int64(words[1]) : nil
    }

    static var openDescriptors: Int? {
        guard let folder = opendir("/proc/self/fd") else { return nil }
        defer { closedir(folder) }
        var count = 0
        while readdir(folder) != nil { count += 1 }
        // The two names of the folder itself and its parent, and the descriptor that reads it.
        return max(0, count - 3)
    }
}
