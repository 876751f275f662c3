import Storage

/// Every table of Maillage, in the order they came. A migration that has landed is never edited: the next one corrects it.
public enum Schema {
    public static let migrations: [Migration] = [
        foundations,
        accounts,
        territory,
        circles,
        places,
        disappearances,
        calls,
        candidacies,
        attachments,
        candidacyWriting,
        candidacyParts,
        formDrafts,
        receiptHeads,
        instruction,
        jury,
        funding,
        decisions,
        archivedCalls,
        dossierIndexes,
        retention,
        serviceRecord,
        secondFactor,
        piecesUploads,
        boardIndexes,
        nodes,
        waveJuries,
        identity,
        partWriting,
        secretLetters,
    ]
}
