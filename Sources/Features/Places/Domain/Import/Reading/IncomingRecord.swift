import Crypto
import Exchange
import Geography

/// A row made into what a sheet holds: every value in its one form, the site settled against the register.
struct IncomingRecord: Sendable {
    typealias Remark = PlaceImportReport.Remark

    let line: Int
    /// The row's identifier at its source; empty when the source gives none.
    var key = ""
    /// What the row is when its source gives no identifier: its folded name, commune and address.
    var fingerprint = ""
    var values: [SheetField: SheetValue] = [:]
    var site = Site()
    /// The day the source says it last looked at the row, as `2024-01-31`; empty when it does not.
    var datedOn = ""
    /// Of the values: two readings of an unchanged row give the same.
    var digest = ""
    var remarks: [Remark] = []
    /// Why this is not a place.
    var fault: Remark?

    init(line: Int) {
        self.line = line
    }

    var name: String { values[.name]?.text ?? "" }

    var siret: String? { values[.siret]?.text }
    var maturity: String { values[.maturity]?.text ?? Maturity.open.rawValue }

    /// The sheet of a place that the row creates, as `place.facts` holds it, and the names of its fields.
    private(set) var facts = ""
    private var fieldNames = ""
    /// The end of the place's address, and the one to take when another place has that; empty without a commune.
    private(set) var slug = ""
    private(set) var longSlug = ""

    /// As `place.origins` holds it, when every field comes from one source.
    func origins(_ source: String, _ now: Instant) -> String {
        let name = String(decoding: JSONWriter.bytes(of: .string(source)), as: UTF8.self)
        return "[[\(name),\(now.microseconds),\"\(fieldNames)\"]]"
    }

    /// Works out what is written and compared of the row, once its values are settled.
    mutating func seal() {
        var sheet = Sheet(values)
        if sheet[.maturity] == nil { sheet[.maturity] = .text(Maturity.open.rawValue) }
        facts = sheet.json
        fieldNames = SheetField.allCases.filter { sheet[$0] != nil }.map(\.rawValue).joined(separator: " ")
        var hash = SHA256()
        hash.update(data: Array(facts.utf8))
        hash.update(data: [0] + Array(datedOn.utf8))
        digest = Self.hex(hash.finalize().prefix(16))
        var identity: [UInt8] = []
        for part in [name, values[.sites] == nil ? "" : site.communeName, site.address] {
            for word in Words.folded(part) {
                identity += Array(word.utf8)
                identity.append(0x20)
            }
            identity.append(0)
        }
        fingerprint = Self.hex(SHA256.hash(data: identity).prefix(12))
        slug = PlaceSlug.slug(of: name)
        longSlug = site.communeName.isEmpty ? "" : PlaceSlug.slug(of: name + " " + site.communeName)
    }

    private static let digits = Array("0123456789abcdef".utf8)

    private static func hex(_ bytes: some Sequence<UInt8>) -> String {
        var text: [UInt8] = []
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
