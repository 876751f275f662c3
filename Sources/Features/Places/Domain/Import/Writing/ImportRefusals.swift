import Storage

/// What people refused of a source, place by place and field by field: it is not proposed again until the source has said
/// something else of that field.
enum ImportRefusals {
    static func read(
        of places: [Place.ID], from source: String, _ reader: Reader
    ) throws -> [Place.ID: [SheetField: SheetValue]] {
        let proposals = try ProposalStore.imports(of: places, source: source, reader)
        guard proposals.contains(where: { $0.state == .refused || $0.state == .accepted }) else { return [:] }
        let taken = try PlaceHistory.fieldsTaken(of: places, reader)
        var refused: [Place.ID: [SheetField: SheetValue]] = [:]
        // Oldest first: the last word on a field is the one that holds.
        for proposal in proposals {
            for change in proposal.fields {
                let isRefused =
                    switch proposal.state {
                    case .refused: true
                    case .accepted: taken[proposal.id.text]?.contains(change.field) != true
                    case .open, .withdrawn, .unconfirmed: false
                    }
                refused[proposal.place, default: [:]][change.field] = isRefused ? change.after : nil
            }
        }
        return refused
    }
}
