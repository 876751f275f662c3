import Exchange
import Maillage

/// `GET /territoires/recherche?q=`: the communes that what is being typed may mean, by name or postal code, slips forgiven.
enum TerritorySearch {
    static func serve(_ visit: Visit) async throws -> Answer {
        let text = visit.query.text("q") ?? ""
        guard text.unicodeScalars.count <= 200 else { throw Problems("q", "Au plus 200 caractères.") }
        var json = JSONWriter()
        json.beginArray()
        for found in visit.reception.gazetteer.present.search(text) {
            json.beginObject()
            json.member("code", found.commune.code)
            json.member("name", found.commune.name)
            json.name("postal_codes")
            json.beginArray()
            for code in found.postalCodes { json.string(code) }
            json.endArray()
            json.member("departement", found.departementName)
            json.member("latitude", found.commune.centre?.latitude)
            json.member("longitude", found.commune.centre?.longitude)
            json.endObject()
        }
        json.endArray()
        return .json(json.bytes)
    }
}
