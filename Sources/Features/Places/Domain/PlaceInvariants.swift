import Storage

/// What must hold of places and of the roles held on them.
public enum PlaceInvariants {
    public static let all: [Invariant] = [
        Invariant(
            "places.search", "What a place is searched by, its name, numbers and addresses, is what its sheet says.",
            look: search),
        Invariant(
            "places.slugs", "An address of a place leads to one place.",
            rows: """
                SELECT place.id, place.slug
                FROM place
                JOIN place_slug ON place_slug.slug = place.slug
                ORDER BY place.id
                """
        ) { "\(Invariant.row("place", try $0.int(0))): “\(try $0.text(1))” is a former address of a place too" },
        Invariant(
            "places.circles", "A place has one main circle at a time.",
            rows: """
                SELECT place_id, COUNT(*)
                FROM place_circle
                WHERE is_main = 1
                    AND until IS NULL
                GROUP BY place_id
                HAVING COUNT(*) > 1
                ORDER BY place_id
                """
        ) { "\(Invariant.row("place", try $0.int(0))): \(try $0.int(1)) main circles" },
        Invariant(
            "roles.scope", "A role is held on a place or a circle that is there.",
            rows: """
                SELECT role_grant.id, role_grant.scope_kind, role_grant.scope_subject
                FROM role_grant
                LEFT JOIN place ON place.id = role_grant.scope_subject
                LEFT JOIN circle ON circle.id = role_grant.scope_subject
                WHERE (role_grant.scope_kind = 'lieu' AND place.id IS NULL)
                    OR (role_grant.scope_kind = 'cercle' AND circle.id IS NULL)
                ORDER BY role_grant.id
                """
        ) { "\(Invariant.row("role_grant", try $0.int(0))): there is no \(try $0.text(1)) \(try $0.int(2))" },
        Invariant(
            "photos.sizes", "A photo that is shown has a file.",
            rows: """
                SELECT place_photo.id
                FROM place_photo
                LEFT JOIN place_photo_size ON place_photo_size.photo_id = place_photo.id
                WHERE place_photo.removed_at IS NULL
                    AND place_photo_size.photo_id IS NULL
                ORDER BY place_photo.id
                """
        ) { "\(Invariant.row("place_photo", try $0.int(0))): it has no size" },
    ]

    private static func search(_ reader: Reader, _ tell: (String) -> Void) throws -> Int {
        var pages: [Place] = []
        var drawn: [Int64: (name: String, maturity: String, siret: String?, rna: String?)] = [:]
        func settle() throws {
            let sites = try communes(of: pages, reader)
            for place in pages {
                let row = drawn[place.id.number]
                let name = Invariant.row("place", place.id.number)
                if row?.name != place.sheet.name { tell("\(name): column name is “\(row?.name ?? "")”") }
                if row?.maturity != place.sheet.maturity.rawValue {
                    tell("\(name): column maturity is “\(row?.maturity ?? "")”")
                }
                if row?.siret != place.sheet[.siret]?.text { tell("\(name): column siret is “\(row?.siret ?? "")”") }
                if row?.rna != place.sheet[.rna]?.text { tell("\(name): column rna is “\(row?.rna ?? "")”") }
                let said = place.sheet.sites.map { [$0.address, $0.postalCode, $0.commune ?? "", $0.communeName] }
                if sites[place.id.number] ?? [] != said { tell("\(name): place_site is not what the sheet says") }
            }
            (pages, drawn) = ([], [:])
        }
        return try Invariant.each(reader) { after in
            """
            SELECT \(PlaceStore.columns), place.name, place.maturity, place.siret, place.rna
            FROM place
            WHERE place.id > \(after)
            ORDER BY place.id
            """
        } _: { row in
            pages.append(try PlaceStore.read(row))
            drawn[try row.int(0)] = (
                try row.text(11), try row.text(12), try row.optionalText(13), try row.optionalText(14)
            )
        } settle: {
            try settle()
        }
    }

    private static func communes(of places: [Place], _ reader: Reader) throws -> [Int64: [[String]]] {
        var sites: [Int64: [[String]]] = [:]
        try reader.each(
            """
            SELECT place_id, address, postal_code, commune, commune_name
            FROM place_site
            WHERE place_id IN \(list: places.map(\.id.number))
            ORDER BY place_id, rank
            """
        ) { row in
            sites[try row.int(0), default: []].append(
                [try row.text(1), try row.text(2), try row.optionalText(3) ?? "", try row.text(4)])
            return true
        }
        return sites
    }
}
