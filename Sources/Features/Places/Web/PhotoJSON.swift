import Exchange
import Maillage

/// Photos as the machine interface gives them: `PlacesOperations.photos` is the schema.
enum PhotoJSON {
    /// Writes the member `photos`. `base` is the site's address, before the path.
    static func write(_ photos: [PlacePhoto], base: String, _ json: inout JSONWriter) {
        json.name("photos")
        json.beginArray()
        for photo in photos {
            json.beginObject()
            json.member("id", photo.id.text)
            json.member("alternative", photo.words.alternative)
            json.member("credit", photo.words.credit)
            json.member("licence", photo.words.licence.rawValue)
            json.member("licence_url", photo.words.licence.address)
            json.name("sizes")
            json.beginArray()
            for size in photo.sizes {
                json.beginObject()
                json.member("url", base + Paths.photoFile(photo.id, size.width))
                json.member("width", size.width)
                json.member("height", size.height)
                json.endObject()
            }
            json.endArray()
            json.endObject()
        }
        json.endArray()
    }
}
