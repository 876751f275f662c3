import Storage

/// Publishes a call: its règlement is frozen with its fingerprint, and those who asked for alerts are told. An incomplete call is
/// refused with everything it lacks (CALL-7).
public struct PublishCall: Act {
    public static let right = "L’équipe de l’appel et la coordination."

    public let call: Call.ID
    public let version: Int
    public let head: LetterHead

    public init(call: Call.ID, version: Int, head: LetterHead) {
        self.call = call
        self.version = version
        self.head = head
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try CallEditing(proceeding: proceeding).kept(call)
    }

    public func perform(_ proceeding: Proceeding) throws -> Call {
        let editing = CallEditing(proceeding: proceeding)
        let former = try editing.kept(call)
        guard former.state == .draft else { throw Problems("", "Cet appel est déjà publié.") }
        try editing.require(version, of: former)
        let forms = try CallFormStore.current(of: call, proceeding.writer)
        var problems = Problems()
        for shortfall in CallCompleteness.shortfalls(of: former.settings, forms: forms, at: proceeding.now) {
            problems.add(shortfall.section.rawValue, shortfall.message)
        }
        try problems.throwIfAny()
        var published = try editing.freezing(former)
        published.state = .published
        published.publishedAt = proceeding.now
        published = try editing.write(published, replacing: former)
        try tell(published, proceeding)
        return published
    }

    private func tell(_ call: Call, _ proceeding: Proceeding) throws {
        let wave = call.currentWave(at: proceeding.now)
        let areas = call.settings.territory.areas
        let departements = try TerritoryReads.departements(of: areas, proceeding.writer)
        let alerts = try CallAlertStore.concerned(
            nature: call.nature, departements: departements, proceeding.writer)
        for alert in alerts { proceeding.send(head.callPublished(alert, call, wave)) }
        proceeding.note("alerts", String(alerts.count))
    }
}

extension TerritoryReads {
    /// The départements that a list of areas meets; nil when it may be any of them.
    static func departements(of areas: [CallTerritory.Area], _ reader: Reader) throws -> [String]? {
        guard !areas.isEmpty, !areas.contains(where: { $0.kind == .zoning }) else { return nil }
        func codes(_ kind: CallTerritory.Area.Kind) -> [String] { areas.filter { $0.kind == kind }.map(\.code) }
        let found = try reader.all(
            """
            SELECT code FROM departement WHERE region IN \(list: codes(.region))
            UNION
            SELECT departement FROM commune
            WHERE (code IN \(list: codes(.commune)) OR epci IN \(list: codes(.epci)))
                AND departement IS NOT NULL
            """
        ) { try $0.text(0) }
        return Set(found + codes(.departement)).sorted()
    }
}
