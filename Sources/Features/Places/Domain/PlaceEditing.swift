import Storage

/// What every change of a place does the same way: canonical values, provenance, version, history, slug.
struct PlaceEditing {
    let proceeding: Proceeding

    /// The place, for somebody who may know of it; `Missing` otherwise.
    func visible(_ id: Place.ID) throws -> (place: Place, circles: [Int64]) {
        guard let place = try PlaceStore.any(id, proceeding.writer) else { throw Missing() }
        let circles = try PlaceStore.circles(of: id, proceeding.writer)
        guard PlaceRights.maySee(proceeding.principal, place, circles: circles) else { throw Missing() }
        return (place, circles)
    }

    /// The place, for somebody who may edit it; `Missing` or `Denied` otherwise.
    func editable(_ id: Place.ID) throws -> Place {
        let (place, circles) = try visible(id)
        guard PlaceRights.mayEdit(proceeding.principal, place, circles: circles) else {
            throw Denied("Seule l’équipe du lieu modifie cette fiche. Vous pouvez proposer une correction.")
        }
        return place
    }

    /// The place, for its manager or the coordination; `Missing` or `Denied` otherwise.
    func managed(_ id: Place.ID) throws -> Place {
        let (place, _) = try visible(id)
        guard PlaceRights.manages(proceeding.principal, id), place.state != .merged else {
            throw Denied("Cela revient à la personne responsable du lieu ou à la coordination.")
        }
        return place
    }

    /// The sheet with the values put in, each in its canonical form and each commune known to the register.
    /// Collects what is wrong by field; the caller throws it.
    func sheet(
        _ sheet: Sheet, with values: [SheetField: SheetValue?], problems: inout Problems
    ) throws -> Sheet {
        var result = sheet
        for (field, value) in values {
            guard let value else {
                result[field] = nil
                continue
            }
            do {
                result[field] = try SheetRules.canonical(value, for: field)
            } catch {
                problems.add(Self.name(field, error), error.sentence)
            }
        }
        if result[.sites] != sheet[.sites] {
            // The sheet leaves empty rows out; what is wrong is said of the row that was typed.
            let typed = (values[.sites] ?? nil).map { SheetRules.keptRows(of: $0, .sites) } ?? []
            try settleCommunes(in: &result, typed: typed, &problems)
        }
        for problem in SheetRules.problems(result).list { problems.add(problem.field, problem.message) }
        return result
    }

    /// A form field's name: `implantations.0.latitude` for a cell of a repeated group.
    static func name(_ field: SheetField, _ refusal: SheetRules.Refusal) -> String {
        guard let row = refusal.row, let column = refusal.column else { return field.rawValue }
        return "\(field.rawValue).\(row).\(column)"
    }

    private func settleCommunes(in sheet: inout Sheet, typed: [Int], _ problems: inout Problems) throws {
        var sites = sheet.sites
        for index in sites.indices {
            let row = typed.indices.contains(index) ? typed[index] : index
            let name = "\(SheetField.sites.rawValue).\(row).commune_nom"
            if let code = sites[index].commune {
                guard let commune = try CommuneStore.current(code, proceeding.writer) else {
                    problems.add(name, "Cette commune n’est pas connue.")
                    continue
                }
                sites[index].commune = commune.code
                sites[index].communeName = commune.name
            } else if !sites[index].communeName.isEmpty,
                let commune = try CommuneStore.resolve(
                    name: sites[index].communeName, postalCode: sites[index].postalCode, proceeding.writer)
            {
                sites[index].commune = commune.code
                sites[index].communeName = commune.name
            }
            if sites[index].point == nil, let code = sites[index].commune,
                let centre = try CommuneStore.current(code, proceeding.writer)?.centre
            {
                sites[index].point = centre
                sites[index].precision = "commune"
            }
        }
        sheet[.sites] = .rows(sites.map(\.row))
    }

    /// Writes the new state of a place with its line of history. Nothing is written when nothing changes; answers whether it did.
    @discardableResult
    func write(
        _ new: Place, replacing old: Place, kind: PlaceChange.Kind, source: String = Origin.person, comment: String = ""
    ) throws -> Bool {
        let differences = new.sheet.differences(to: old.sheet)
        let isSameElse =
            new.slug == old.slug && new.state == old.state && new.visibility == old.visibility
            && new.mergedInto == old.mergedInto && new.verifiedAt == old.verifiedAt
        if differences.isEmpty, isSameElse { return false }
        var place = new
        place.version = old.version + 1
        if !differences.isEmpty { place.updatedAt = proceeding.now }
        for field in differences {
            place.origins[field] =
                new.sheet[field] == nil && source != Origin.person
                ? nil : Origin(source: source, at: proceeding.now)
        }
        try PlaceStore.update(place, replacing: old, proceeding.writer)
        try PlaceHistory.add(
            PlaceChange(
                id: proceeding.newIdentifier(), place: place.id, version: place.version, at: proceeding.now,
                actor: proceeding.principal.account, source: source, kind: kind, comment: comment,
                fields: differences.map { PlaceChange.FieldChange($0, from: old.sheet[$0], to: new.sheet[$0]) }),
            proceeding.writer)
        proceeding.about(place.id)
        if !differences.isEmpty { proceeding.note("fields", differences.map(\.rawValue).joined(separator: " ")) }
        return true
    }

    /// Writes a new place with the first line of its history.
    func create(
        _ sheet: Sheet, state: Place.State, visibility: Place.Visibility, source: String = Origin.person
    ) throws -> Place {
        let origin = Origin(source: source, at: proceeding.now)
        let place = Place(
            id: proceeding.newIdentifier(),
            slug: try PlaceStore.freeSlug(for: sheet, proceeding.writer),
            state: state,
            visibility: visibility,
            sheet: sheet,
            origins: Origins(origin, of: sheet.values.keys),
            version: 1,
            createdAt: proceeding.now,
            updatedAt: proceeding.now,
            verifiedAt: source == Origin.person ? proceeding.now : nil,
            mergedInto: nil)
        try PlaceStore.insert(place, proceeding.writer)
        try PlaceHistory.add(
            PlaceChange(
                id: proceeding.newIdentifier(), place: place.id, version: 1, at: proceeding.now,
                actor: proceeding.principal.account, source: source,
                kind: source == Origin.person ? .creation : .imported,
                comment: "", fields: []),
            proceeding.writer)
        proceeding.about(place.id)
        return place
    }
}
