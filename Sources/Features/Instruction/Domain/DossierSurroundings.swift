import Exchange
import Geography
import Storage

/// What surrounds the project of a dossier, for those who instruct it: where it is, what zonings hold there, and what the same
/// structure asked before.
public struct DossierSurroundings: Sendable {
    public let commune: Commune?
    public let zonings: [TerritoryReads.ZoningInForce]
    /// The day the zonings are read on: the limit of the dossier's wave.
    public let zonedOn: CivilDate
    /// The place of the network that the candidacy is of, as far as the reader may know of it.
    public let place: Place?
    /// Other dossiers of the same structure, lead or place, with their calls; only those the reader may see.
    public let others: [Instruction]
    public let calls: [Call]

    /// Where distances are counted from.
    public var point: Point? { commune?.centre }

    /// The codes of services that the place offers.
    public var services: [String] { place?.sheet.codes(.services) ?? [] }

    public static func of(
        _ dossier: InstructionDossier, _ principal: Principal, _ reader: Reader
    ) throws -> DossierSurroundings {
        let (instruction, candidacy) = (dossier.instruction, dossier.candidacy)
        let commune = instruction.commune.isEmpty ? nil : try CommuneStore.current(instruction.commune, reader)
        let closing = dossier.call.wave(instruction.wave)?.closesAt ?? instruction.createdAt
        // The limit is the first instant that is too late: its day may be the next one.
        let day = CivilZone.paris.local((closing - .seconds(1)).microseconds).date
        let zonings = try commune.map { try TerritoryReads.zonings(of: $0.code, on: day, reader) } ?? []
        let others = try reader.all(
            """
            SELECT \(InstructionStore.columns)
            FROM instruction
            JOIN candidacy ON candidacy.id = instruction.candidacy_id
            WHERE \(InstructionRights.visible(to: principal))
                AND instruction.candidacy_id <> \(candidacy.id)
                AND ((candidacy.siret <> '' AND candidacy.siret = \(candidacy.siret))
                    OR candidacy.place_id = \(candidacy.place)
                    OR candidacy.holder_id = \(candidacy.holder)
                    OR (candidacy.structure <> '' AND candidacy.structure = \(candidacy.structure)))
            ORDER BY instruction.created_at DESC, instruction.number DESC
            LIMIT 100
            """, InstructionStore.read)
        let calls = try CallStore.calls(
            "call.id IN \(list: Set(others.map(\.call.number)).sorted())", order: "call.id", limit: 200, reader)
        return DossierSurroundings(
            commune: commune, zonings: zonings, zonedOn: day,
            place: try candidacy.place.flatMap { try PlaceStore.place(principal, $0, reader) }, others: others,
            calls: calls)
    }
}
