import Exchange
import Storage

/// What the retention job does to what people proposed about places.
public enum PlaceRetention {
    public static let rules: [RetentionRule] = [
        RetentionRule(
            "authors of proposals erased", on: "place_proposal",
            due: { now, reader in try ProposalStore.oldCount(before: now - year, reader) },
            batch: { proceeding, limit in
                try ProposalStore.unnameOld(
                    before: proceeding.now - year, at: proceeding.now, limit: limit, proceeding.writer)
            })
    ]

    private static let year = DataDeclaration.Delay.months(12).span
}

/// What Places keeps of one person, for that person (ACC-21): what they proposed.
public enum PlacePersonalData {
    public static func of(_ email: EmailAddress, _ reader: Reader) throws -> JSONObject {
        let proposals = try ProposalStore.proposed(by: email, reader).map { proposal in
            JSONValue.object(
                JSONObject([
                    .init("place", .string(proposal.place.text)), .init("at", .string(proposal.createdAt.iso)),
                    .init("state", .string(proposal.state.rawValue)), .init("comment", .string(proposal.comment)),
                    .init("fields", .array(proposal.fields.map { .string($0.field.rawValue) })),
                ]))
        }
        return JSONObject([.init("proposals", .array(proposals))])
    }
}
