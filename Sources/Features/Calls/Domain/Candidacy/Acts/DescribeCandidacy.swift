import Exchange
import Storage

/// Says what the candidacy is called and which structure carries it: what lists, letters and the receipt name.
public struct DescribeCandidacy: Act {
    public static let right = "La personne qui porte la candidature."

    public let candidacy: Candidacy.ID
    public let version: Int
    public let title: String
    public let structure: String
    public let siret: String

    public init(candidacy: Candidacy.ID, version: Int, title: String, structure: String, siret: String) {
        self.candidacy = candidacy
        self.version = version
        self.title = title
        self.structure = structure
        self.siret = siret
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try CandidacyEditing(proceeding: proceeding).led(candidacy)
    }

    public func perform(_ proceeding: Proceeding) throws -> Candidacy {
        let editing = CandidacyEditing(proceeding: proceeding)
        let former = try editing.led(candidacy)
        try editing.requireEditable(former, try editing.call(of: former))
        var problems = Problems()
        var changed = former
        changed.title = CallText.line(title, "titre", limit: 200, &problems)
        changed.structure = CallText.line(structure, "structure", limit: 200, &problems)
        if changed.structure.isEmpty { problems.add("structure", "Dites quelle structure porte la candidature.") }
        changed.siret = String(siret.filter { !$0.isWhitespace && $0 != "." && $0 != "-" })
        if !changed.siret.isEmpty, !OfficialNumbers.isSIRET(changed.siret) {
            problems.add(
                "siret", "Ce numéro SIRET n’est pas juste\u{202F}: quatorze chiffres, tels que sur l’avis de situation."
            )
        }
        try problems.throwIfAny()
        let same = (changed.title, changed.structure, changed.siret) == (former.title, former.structure, former.siret)
        guard !same else {
            proceeding.concerns(former.id)
            return former
        }
        guard version == former.version else { throw Conflict(current: former.version) }
        return try editing.save(changed, replacing: former, section: "", keys: [])
    }
}
