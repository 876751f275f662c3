import Exchange
import Storage

/// The SQL of `call` itself; its parts are `CallPartStore`'s. Nobody else names these columns.
public enum CallStore {
    static let columns: SQL = """
        call.id, call.slug, call.state, call.nature, call.title, call.organiser, call.service, call.service_address,
            call.service_email, call.service_phone, call.summary, call.context, call.objectives, call.definitions,
            call.exclusions, call.payment, call.provisions, call.sectors, call.territory_words, call.territory_edition,
            call.territory_on, call.is_permanent, call.is_consortium, call.takes_online, call.takes_email, call.takes_post,
            call.takes_late, call.silence_words, call.version, call.rules_version, call.created_at, call.created_by,
            call.updated_at, call.published_at, call.cancelled_at, call.cancel_reason, call.is_sealed
        """

    /// The call of an identifier with all its settings, if the principal may know of it.
    public static func call(_ principal: Principal, _ id: Call.ID, _ reader: Reader) throws -> Call? {
        try calls("call.id = \(id) AND \(VisibleCalls.to(principal))", order: "call.id", limit: 1, reader).first
    }

    /// The call of a slug with all its settings, if the principal may know of it.
    public static func call(_ principal: Principal, slug: String, _ reader: Reader) throws -> Call? {
        try calls("call.slug = \(slug) AND \(VisibleCalls.to(principal))", order: "call.id", limit: 1, reader).first
    }

    /// Any call, for an act that has yet to ask whether the one who acts may know of it.
    static func any(_ id: Call.ID, _ reader: Reader) throws -> Call? {
        try calls("call.id = \(id)", order: "call.id", limit: 1, reader).first
    }

    /// Whether a call is still as it was read.
    static func isUnchanged(_ call: Call, _ reader: Reader) throws -> Bool {
        // Compared here: a condition on its state would let an engine look through all that are published.
        try reader.one(
            """
            SELECT version, rules_version, state, updated_at
            FROM call
            WHERE id = \(call.id)
            """
        ) { row in
            try row.int(0) == Int64(call.version) && row.int(1) == Int64(call.rulesVersion)
                && row.text(2) == call.state.rawValue && row.int(3) == call.updatedAt.microseconds
        } ?? false
    }

    /// Calls with all their settings: one statement for the calls and one for each kind of part, whatever their number.
    static func calls(_ condition: SQL, order: SQL, limit: Int, _ reader: Reader) throws -> [Call] {
        var calls = try reader.all(
            """
            SELECT \(columns)
            FROM call
            WHERE \(condition)
            ORDER BY \(order)
            LIMIT \(limit)
            """, read)
        try CallPartStore.fill(&calls, reader)
        return calls
    }

    /// The calls that everybody may see, one of whose periods ended between two instants, the latest published first.
    public static func ended(after start: Instant, until end: Instant, limit: Int, _ reader: Reader) throws -> [Call] {
        try calls(
            """
            \(VisibleCalls.to(.visitor))
                AND EXISTS (
                    SELECT 1
                    FROM call_wave
                    WHERE call_wave.call_id = call.id
                        AND call_wave.closes_at > \(start)
                        AND call_wave.closes_at <= \(end))
            """, order: "call.published_at DESC, call.id", limit: limit, reader)
    }

    static func isTaken(_ slug: String, _ reader: Reader) throws -> Bool {
        try reader.exists("SELECT 1 FROM call WHERE slug = \(slug)")
    }

    static func insert(_ call: Call, _ writer: Writer) throws {
        let settings = call.settings
        let (identity, texts, deposit) = (settings.identity, settings.presentation, settings.deposit)
        try writer.run(
            """
            INSERT INTO call (id, slug, state, nature, title, organiser, service, service_address, service_email,
                service_phone, summary, context, objectives, definitions, exclusions, payment, provisions, sectors,
                territory_words, territory_edition, territory_on, is_permanent, is_consortium, takes_online, takes_email,
                takes_post, takes_late, silence_words, version, rules_version, created_at, created_by, updated_at,
                cancel_reason, is_sealed)
            VALUES (\(call.id), \(call.slug), \(call.state.rawValue), \(identity.nature.rawValue), \(identity.title),
                \(identity.organiser), \(identity.service), \(identity.serviceAddress), \(identity.email),
                \(identity.phone), \(identity.summary), \(texts.context), \(texts.objectives), \(texts.definitions),
                \(texts.exclusions), \(texts.payment), \(texts.provisions), \(texts.sectors.joined(separator: " ")),
                \(settings.territory.words), \(settings.territory.edition), \(day(settings.territory.readOn)),
                \(settings.calendar.isPermanent), \(deposit.isConsortium), \(deposit.isOnline), \(deposit.isByEmail),
                \(deposit.isByPost), \(deposit.takesLate), \(deposit.silence), \(call.version), \(call.rulesVersion),
                \(call.createdAt), \(call.createdBy), \(call.updatedAt), '', \(deposit.isSealed))
            """)
        try CallPartStore.write(settings, of: call.id, replacing: nil, writer)
    }

    /// Writes the call again, if nobody did since `former.version`; throws `Conflict` otherwise.
    static func update(_ call: Call, replacing former: Call, _ writer: Writer) throws {
        let settings = call.settings
        let (identity, texts, deposit) = (settings.identity, settings.presentation, settings.deposit)
        let changed = try writer.run(
            """
            UPDATE call
            SET state = \(call.state.rawValue),
                nature = \(identity.nature.rawValue),
                title = \(identity.title),
                organiser = \(identity.organiser),
                service = \(identity.service),
                service_address = \(identity.serviceAddress),
                service_email = \(identity.email),
                service_phone = \(identity.phone),
                summary = \(identity.summary),
                context = \(texts.context),
                objectives = \(texts.objectives),
                definitions = \(texts.definitions),
                exclusions = \(texts.exclusions),
                payment = \(texts.payment),
                provisions = \(texts.provisions),
                sectors = \(texts.sectors.joined(separator: " ")),
                territory_words = \(settings.territory.words),
                territory_edition = \(settings.territory.edition),
                territory_on = \(day(settings.territory.readOn)),
                is_permanent = \(settings.calendar.isPermanent),
                is_consortium = \(deposit.isConsortium),
                is_sealed = \(deposit.isSealed),
                takes_online = \(deposit.isOnline),
                takes_email = \(deposit.isByEmail),
                takes_post = \(deposit.isByPost),
                takes_late = \(deposit.takesLate),
                silence_words = \(deposit.silence),
                version = \(call.version),
                rules_version = \(call.rulesVersion),
                updated_at = \(call.updatedAt),
                published_at = \(call.publishedAt),
                cancelled_at = \(call.cancelledAt),
                cancel_reason = \(call.cancelReason)
            WHERE id = \(call.id)
                AND version = \(former.version)
            """)
        guard changed == 1 else { throw Conflict(current: former.version) }
        try CallPartStore.write(settings, of: call.id, replacing: former.settings, writer)
    }

    private static func day(_ text: String) -> String? { text.isEmpty ? nil : text }

    private static func read(_ row: Row) throws -> Call {
        var identity = CallIdentity(
            title: try row.text(4), nature: CallNature(rawValue: try row.text(3)) ?? .interest,
            organiser: try row.text(5), service: try row.text(6), serviceAddress: try row.text(7),
            email: try row.text(8), phone: try row.text(9))
        identity.summary = try row.text(10)
        var settings = CallSettings(identity: identity)
        settings.presentation.context = try row.text(11)
        settings.presentation.objectives = try row.text(12)
        settings.presentation.definitions = try row.text(13)
        settings.presentation.exclusions = try row.text(14)
        settings.presentation.payment = try row.text(15)
        settings.presentation.provisions = try row.text(16)
        settings.presentation.sectors = try row.text(17).split(separator: " ").map(String.init)
        settings.territory.words = try row.text(18)
        settings.territory.edition = try row.text(19)
        settings.territory.readOn = try row.optionalText(20) ?? ""
        settings.calendar.isPermanent = try row.bool(21)
        settings.deposit.isConsortium = try row.bool(22)
        settings.deposit.isOnline = try row.bool(23)
        settings.deposit.isByEmail = try row.bool(24)
        settings.deposit.isByPost = try row.bool(25)
        settings.deposit.takesLate = try row.bool(26)
        settings.deposit.silence = try row.text(27)
        settings.deposit.isSealed = try row.bool(36)
        return Call(
            id: Call.ID(try row.int(0)),
            slug: try row.text(1),
            state: Call.State(rawValue: try row.text(2)) ?? .draft,
            settings: settings,
            version: Int(try row.int(28)),
            rulesVersion: Int(try row.int(29)),
            createdAt: Instant(microseconds: try row.int(30)),
            createdBy: try row.optionalInt(31).map { Principal.ID($0) },
            updatedAt: Instant(microseconds: try row.int(32)),
            publishedAt: try row.optionalInt(33).map { Instant(microseconds: $0) },
            cancelledAt: try row.optionalInt(34).map { Instant(microseconds: $0) },
            cancelReason: try row.text(35))
    }
}
