import Exchange

@testable import Maillage

extension Parser {
    /// Lists of places that come from elsewhere.
    static let imports = [places, mapping]

    private static let places = Parser(
        "places",
        seeds: {
            [
                "id,nom,adresse,code_postal,commune,latitude,longitude,horaires,services,site_web,telephone,pivot\n"
                    + "a1,\"L’Île\",8 rue Dusevel,80000,Amiens,49.89,2.29,\"Mo-Fr 09:00-12:00\",\"Fabrication\",http://a.fr,03 22 00 00 00,35600000000048\n",
                "Intitulé;Ville;CP;Horaires\r\nFab;Amiens;80000;Lundi au vendredi de 9h à 12h\r\n",
                #"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"nom":"Fab","commune":"Amiens"},"geometry":{"type":"Point","coordinates":[2.29,49.89]}}]}"#,
                #"[{"id":"1","nom":"Fab","adresse":"1 rue A","code_postal":"80000","commune":"Amiens","latitude":49.8,"longitude":2.2}]"#,
            ].map { Array($0.utf8) }
        },
        read: { bytes in
            OnDisk.with(bytes) { path in
                for mapping in [nil, Mappings.sample] {
                    _ = given {
                        let file = try PlaceImportFile.open(path, mapping: mapping)
                        let reader = try file.reader()
                        let records = RecordReader(file.binding, .empty)
                        var rows = 0
                        while try reader.advance({ event in
                            guard case .row(let row) = event else { return }
                            rows += 1
                            var record = records.record(row)
                            record.seal()
                        }) {}
                        mustHold(rows == file.rows, "as many rows as were counted")
                    }
                }
            }
        })

    private static let mapping = Parser(
        "mapping",
        seeds: {
            [Mappings.text, #"{"fields":{"nom":["a","b"],"lat_lon":"c","telephone":"d","horaires_texte":"e"}}"#].map {
                Array($0.utf8)
            }
        },
        read: { bytes in
            guard let mapping = given({ try PlaceMapping(json: bytes) }) else { return }
            _ = given { try mapping.layout(for: ["Intitulé", "Ville", "CP", "Horaires"]) }
        })
}

private enum Mappings {
    static let text =
        #"{"fields":{"nom":"Intitulé","commune":"Ville","code_postal":"CP","horaires_texte":["Horaires"]}}"#
    static let sample = given { try PlaceMapping(json: Array(text.utf8)) }
}
