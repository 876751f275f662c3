import Exchange
import Geography
import Maillage
import Markup

/// The question of a list, a map or an export of places, as an address asks it, and back.
///
/// One reader for `/lieux`, `/carte`, the tiles and `/api/v1/places`. French names belong to pages, English ones to the
/// machine interface; both are read everywhere. A value that means nothing is left out of `query` and told in `problems`:
/// pages show them beside the list, the machine interface throws them (`checked()`). Names it does not know are no concern
/// of it.
///
/// | Pages | API | Value |
/// |---|---|---|
/// | `q` | `q` | words |
/// | `famille`, `service`, `public`, `etape`, `itinerance`, `accessibilite`, `prix`, `acces` | `kind`, `service`, … | codes, repeated or separated by commas |
/// | `cercle`, `departement`, `region` | `circle`, `departement`, `region` | codes |
/// | `commune`, `epci` | the same | INSEE code, SIREN |
/// | `ouvert`, `week-end` | `open_at` | `1`; an ISO 8601 instant |
/// | `bbox` | `bbox` | `west,south,east,north` |
/// | `pres`, `adresse`, `rayon` | `near`, –, `radius` | `latitude,longitude`; words; kilometres (metres in the API) |
/// | `tri`, `page` | `updated_since`, `limit`, `cursor` | |
struct PlaceQueryFields: Sendable {
    /// What is asked of the directory, `offset` and `limit` included.
    var query = PlaceQuery()
    /// An address typed near which to search, to be found by a geocoder; `query.near` is then its point.
    var address = ""
    /// The page of the list, from 1.
    private(set) var page = 1
    /// What could not be understood, by the name it had in the address.
    private(set) var problems = Problems()

    static let pageSize = 50
    static let greatestLimit = 500
    /// In metres: half the Earth's turn.
    static let greatestRadius = 20_000_000.0

    init(pageSize: Int = pageSize) {
        query.limit = pageSize
    }

    init(_ fields: Fields, pageSize: Int = pageSize) {
        self.init(pageSize: pageSize)
        var reader = PlaceQueryReader(fields)
        reader.read(into: &self)
        problems = reader.problems
    }

    /// Itself when every value was understood; throws `Problems` otherwise.
    func checked() throws -> PlaceQueryFields {
        try problems.throwIfAny()
        return self
    }

    /// Puts the list on a page; the machine interface moves by `cursor` instead.
    mutating func turn(to page: Int) {
        self.page = min(max(page, 1), Self.lastPage)
        query.offset = (self.page - 1) * query.limit
    }

    static let lastPage = 100_000

    /// Where the next answer of the machine interface starts; nil when this one ends the list.
    func nextCursor(total: Int) -> String? {
        let next = query.offset + query.limit
        return next < total ? Self.cursor(next) : nil
    }

    static func cursor(_ offset: Int) -> String {
        Base64URL.encode(Array("o\(offset)".utf8))
    }

    static func offset(ofCursor text: String) -> Int? {
        guard text.utf8.count <= 24, let bytes = Base64URL.decode(text), bytes.first == UInt8(ascii: "o"),
            let offset = WrittenNumber.whole(bytes.dropFirst()), offset <= 100_000_000
        else { return nil }
        return offset
    }
}

extension PlaceQueryFields {
    /// The same question as parameters, always in one order, whatever order it was asked in. The first page is not said.
    var pairs: [(String, String)] { filters + whereabouts + turning }

    /// The question as a query, without the question mark; empty when nothing is asked.
    var queryString: String {
        String(Link(path: "", query: pairs.map { ($0.0, $0.1) }).address.drop { $0 != "?" }.dropFirst())
    }

    /// The address of a page under this question: `fields.link(to: Link(path: "lieux"))`.
    func link(to page: Link) -> Link {
        page.adding(query: pairs.map { ($0.0, $0.1) })
    }

    /// What narrows by what places are.
    var filters: [(String, String)] {
        var pairs: [(String, String)] = []
        if !query.text.isEmpty { pairs.append(("q", query.text)) }
        for facet in PlaceFacet.allCases {
            for code in (query.facets[facet] ?? []).sorted() { pairs.append((facet.rawValue, code)) }
        }
        if let commune = query.commune { pairs.append(("commune", commune)) }
        if let epci = query.epci { pairs.append(("epci", epci)) }
        if query.isOpenNow { pairs.append(("ouvert", "1")) }
        if query.isOpenAtWeekend { pairs.append(("week-end", "1")) }
        if let moment = query.openAt { pairs.append(("open_at", moment.description)) }
        if let since = query.updatedSince { pairs.append(("updated_since", WrittenInstant.write(since))) }
        return pairs
    }

    /// What narrows by where they are.
    var whereabouts: [(String, String)] {
        var pairs: [(String, String)] = []
        if let box = query.box { pairs.append(("bbox", Self.text(box))) }
        if let near = query.near, address.isEmpty { pairs.append(("pres", Self.text(near))) }
        if !address.isEmpty { pairs.append(("adresse", address)) }
        if let radius = query.radius { pairs.append(("rayon", WrittenNumber.write(radius / 1_000, places: 3))) }
        return pairs
    }

    private var turning: [(String, String)] {
        var pairs: [(String, String)] = []
        if let sort = query.sort { pairs.append(("tri", sort.rawValue)) }
        if page > 1 { pairs.append(("page", String(page))) }
        return pairs
    }

    /// The parameters that are not boxes of facets: what a form of facets carries along in hidden fields.
    var besidesFacets: [(String, String)] {
        let names = Set(PlaceFacet.allCases.map(\.rawValue) + ["page"])
        return pairs.filter { !names.contains($0.0) }
    }

    /// Whether anything narrows the list besides the frame of the map.
    var isFiltered: Bool {
        var query = query
        query.box = nil
        return !query.isEverything
    }

    static func text(_ box: BoundingBox) -> String {
        [box.west, box.south, box.east, box.north].map { WrittenNumber.write($0, places: 6) }.joined(separator: ",")
    }

    static func text(_ point: Point) -> String {
        WrittenNumber.write(point.latitude, places: 6) + "," + WrittenNumber.write(point.longitude, places: 6)
    }
}

extension PlaceQueryFields {
    /// The same question with a value of a facet added, or taken away when it was there.
    func toggling(_ facet: PlaceFacet, _ code: String) -> PlaceQueryFields {
        changed { fields in
            var codes = fields.query.facets[facet] ?? []
            if codes.remove(code) == nil { codes.insert(code) }
            fields.query.facets[facet] = codes.isEmpty ? nil : codes
        }
    }

    func without(_ facet: PlaceFacet) -> PlaceQueryFields {
        changed { $0.query.facets[facet] = nil }
    }

    func on(page: Int) -> PlaceQueryFields {
        var fields = self
        fields.turn(to: page)
        return fields
    }

    func within(_ box: BoundingBox?) -> PlaceQueryFields {
        changed { $0.query.box = box }
    }

    func sorted(by sort: PlaceQuery.Sort?) -> PlaceQueryFields {
        changed { $0.query.sort = sort }
    }

    /// The words, the neighbourhood and the order only.
    var withoutFilters: PlaceQueryFields {
        var fields = PlaceQueryFields(pageSize: query.limit)
        fields.query.text = query.text
        fields.query.near = query.near
        fields.query.radius = query.radius
        fields.query.sort = query.sort
        fields.address = address
        return fields
    }

    /// Any other change of the question: the list starts again at its first page.
    func changed(_ change: (inout PlaceQueryFields) -> Void) -> PlaceQueryFields {
        var fields = self
        change(&fields)
        fields.turn(to: 1)
        return fields
    }
}
