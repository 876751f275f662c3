import Geography
import Maillage

/// `GET /carte/contours.json`: the ground of maps that have no tile server.
///
/// Without parameters, every département, coarse. With `tuile=x,y` (columns and rows of zoom 9, some 50 km wide), the communes
/// that touch that square, or finer départements where no commune was imported.
///
/// `{"scale":100000,"items":[{"kind":"departement","code":"59","name":"Nord","shape":[[[…]]]}]}`, shapes as
/// `Contour.appendJSON` tells.
enum ContourFiles {
    static let zoom = 9

    static func serve(_ visit: Visit) async throws -> Answer {
        let atlas = visit.reception.atlas
        guard let text = visit.query.text("tuile") else {
            return try await atlas.file("") { Self.file(try await ground(atlas)) }.answer(to: visit)
        }
        let parts = text.split(separator: ",", maxSplits: 2).map { WrittenNumber.whole($0.utf8) }
        guard parts.count == 2, let x = parts[0], let y = parts[1], let tile = Tile(z: zoom, x: x, y: y) else {
            throw Problems("tuile", "Un carré s’écrit x,y au zoom \(zoom).")
        }
        return try await atlas.file("\(x),\(y)") {
            let communes = try await atlas.outlines(.commune, .coarse, in: tile.bounds, limit: 1_500)
            return Self.file(
                communes.isEmpty ? try await atlas.outlines(.departement, .fine, in: tile.bounds, limit: 60) : communes)
        }.answer(to: visit)
    }

    /// Départements; regions where there are none.
    static func ground(_ atlas: Atlas) async throws -> [Atlas.Outline] {
        let departements = try await atlas.whole(.departement)
        return departements.isEmpty ? try await atlas.whole(.region) : departements
    }

    private static func file(_ outlines: [Atlas.Outline]) -> KeptFile {
        var bytes: [UInt8] = Array("{\"scale\":\(Int(Contour.scale)),\"items\":[".utf8)
        for (rank, outline) in outlines.enumerated() {
            if rank > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes += "{\"kind\":\"\(outline.kind.rawValue)\",\"code\":".utf8
            appendString(outline.code, to: &bytes)
            bytes += ",\"name\":".utf8
            appendString(outline.name, to: &bytes)
            bytes += ",\"shape\":".utf8
            outline.contour.appendJSON(to: &bytes)
            bytes.append(UInt8(ascii: "}"))
        }
        bytes += "]}".utf8
        return KeptFile(bytes, type: "application/json", cacheControl: "public, max-age=86400", level: 9)
    }

    private static func appendString(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 where byte >= 0x20 {
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { bytes.append(UInt8(ascii: "\\")) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
