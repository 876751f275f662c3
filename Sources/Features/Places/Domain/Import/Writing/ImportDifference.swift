/// What a row changes in a place that is known already: fields to write, and fields to propose to those who answer for it.
struct ImportDifference: Sendable {
    var sheet: Sheet
    var written: [SheetField] = []
    var proposed: [PlaceChange.FieldChange] = []

    /// Compares a row with the place it means.
    ///
    /// - Parameters:
    ///   - source: the row's source.
    ///   - dates: the day that each source gave for the place; a field of another source yields only to a later day, and then
    ///     as a proposal.
    ///   - refused: what people refused of this source for the place, which is not proposed again.
    init(
        _ record: IncomingRecord, to place: Place, from source: String, dates: [String: String],
        refused: [SheetField: SheetValue] = [:]
    ) {
        sheet = place.sheet
        for field in SheetField.allCases {
            let before = place.sheet[field]
            var after = record.values[field]
            if field == .sites { after = Self.sites(record, place) }
            if before == after { continue }
            let origin = place.origins[field]
            guard let after else {
                // The source no longer says it: what it had said goes, what others said stays.
                if origin?.source == source, field != .maturity, field != .name { write(field, nil) }
                continue
            }
            if let origin, origin.isPerson {
                if Self.isRefused(after, field, refused) { continue }
                proposed.append(PlaceChange.FieldChange(field, from: before, to: after))
            } else if origin?.source == source || before == nil {
                write(field, after)
            } else if let origin, let known = dates[origin.source], !known.isEmpty, record.datedOn > known {
                if Self.isRefused(after, field, refused) { continue }
                proposed.append(PlaceChange.FieldChange(field, from: before, to: after))
            }
        }
        // A row may not make a sheet contradict itself.
        if !written.isEmpty, !SheetRules.problems(sheet).isEmpty {
            for field in [SheetField.openedOn, .closedOn, .maturity] where written.contains(field) {
                sheet[field] = place.sheet[field]
                written.removeAll { $0 == field }
            }
        }
    }

    private mutating func write(_ field: SheetField, _ value: SheetValue?) {
        sheet[field] = value
        written.append(field)
    }

    private static func isRefused(
        _ value: SheetValue, _ field: SheetField, _ refused: [SheetField: SheetValue]
    ) -> Bool {
        guard let said = refused[field] else { return false }
        // Of addresses, the row's is the first: the others are the place's own.
        return field == .sites ? said.rows?.first == value.rows?.first : said == value
    }

    /// A row knows one address; a place may have others, which stay.
    private static func sites(_ record: IncomingRecord, _ place: Place) -> SheetValue? {
        guard case .rows(let rows)? = record.values[.sites] else { return nil }
        return .rows(rows + place.sheet.rows(.sites).dropFirst())
    }
}
