import Maillage

/// What the whole network keeps: the declarations of its rooms, in ladder order (PRIV-1), and what the retention job does about them.
public enum DataRegister {
    public static let declarations: [DataDeclaration] = rooms.flatMap { $0 }

    private static let rooms: [[DataDeclaration]] = [
        KernelData.declarations, AccountData.declarations, TerritoryData.declarations, CircleData.declarations,
        PlaceData.declarations, CallData.declarations, CandidacyData.declarations, ArchivedCallData.declarations,
        InstructionData.declarations, JuryData.declarations, DecisionData.declarations, FundingData.declarations,
    ]

    /// The job of every day. The hourly sweeps (`SweepAccountTraces`, `SweepCallTraces`, `VaultUpkeep`) do the rest.
    public static func job(_ head: LetterHead) -> RetentionJob {
        RetentionJob(
            AccountRetention.rules(head, .network) + PlaceRetention.rules + CallRetention.rules(head)
                + InstructionRetention.rules + JuryRetention.rules)
    }

    /// Those that say something of somebody, by processing, in the order of the processings.
    static let byProcessing: [(processing: Processing, tables: [DataDeclaration])] =
        Processing.allCases.map { processing in
            (processing, declarations.filter { $0.processing == processing && !$0.people.isEmpty })
        }.filter { !$0.tables.isEmpty }
}

/// The terms of the register in sentences.
enum RetentionWords {
    static func term(_ declaration: DataDeclaration) -> String {
        switch declaration.term {
        case .impersonal: "ne concerne personne"
        case .with(let table): "gardé avec\u{202F}: " + (name(of: table))
        case .erased(let delay, let since): "effacé \(delay.words) après \(since.words)"
        case .unnamed(let delay, let since): "rendu anonyme \(delay.words) après \(since.words)"
        case .kept(let reason): "gardé\u{202F}: \(reason)"
        }
    }

    static func closing(_ declaration: DataDeclaration) -> String {
        switch declaration.closing {
        case .nothing: "rien à effacer"
        case .erased: "effacé à la fermeture du compte"
        case .unnamed: "à la fermeture du compte, ne vous nomme plus"
        case .kept(let reason): "gardé\u{202F}: \(reason)"
        }
    }

    /// The purpose of another table, as the end of a sentence.
    static func name(of table: String) -> String {
        guard let found = DataRegister.declarations.first(where: { $0.table == table }) else { return table }
        let purpose = found.purpose.prefix { $0 != "\u{202F}" && $0 != "." && $0 != "," }
        return purpose.prefix(1).lowercased() + purpose.dropFirst()
    }
}
