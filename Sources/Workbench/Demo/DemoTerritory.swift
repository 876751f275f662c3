import Geography
import Maillage

/// The corner of the register that the demo needs: the communes of its places, their départements and a rough outline of each,
/// drawn by hand. `maillage import territory` brings the whole country from the official files.
enum DemoTerritory {
    static func batch() -> TerritoryBatch {
        var batch = TerritoryBatch()
        batch.edition = 2024
        batch.regions = [.init(code: "32", name: "Hauts-de-France")]
        batch.departements = [
            .init(code: "02", name: "Aisne", region: "32"),
            .init(code: "59", name: "Nord", region: "32"),
            .init(code: "60", name: "Oise", region: "32"),
            .init(code: "62", name: "Pas-de-Calais", region: "32"),
            .init(code: "80", name: "Somme", region: "32"),
        ]
        // Invented zones: the demo shows how a call reads them, and says nothing of real ones.
        batch.zonings = [
            .init(
                kind: "QPV", code: "QPDEMO1", name: "Quartier Nord (démo)", startsOn: "2015-01-01", endsOn: nil,
                edition: "2024", communes: ["80021"]),
            .init(
                kind: "QPV", code: "QPDEMO2", name: "Cité des Terrils (démo)", startsOn: "2015-01-01", endsOn: nil,
                edition: "2024", communes: ["62498", "62510"]),
            .init(
                kind: "FRR", code: "FRRDEMO1", name: "Canton rural (démo)", startsOn: "2024-07-01", endsOn: nil,
                edition: "2024", communes: ["80620", "80222"]),
        ]
        batch.epcis = [
            .init(siren: "200093201", name: "Métropole Européenne de Lille", nature: "METRO"),
            .init(siren: "246200364", name: "CA de Lens - Liévin", nature: "CA"),
            .init(siren: "248000531", name: "CA Amiens Métropole", nature: "CA"),
        ]
        for line in communes.split(separator: "\n") {
            let cells = line.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
            guard cells.count == 7, let latitude = Double(cells[3]), let longitude = Double(cells[4]) else { continue }
            batch.communes.append(
                Commune(
                    code: cells[0], name: cells[1], departement: String(cells[0].prefix(2)), region: "32",
                    epci: cells[6].isEmpty ? nil : cells[6], population: Int(cells[5]),
                    centre: Point(latitude: latitude, longitude: longitude)))
            for postalCode in cells[2].split(separator: " ") {
                batch.postalCodes.append(.init(String(postalCode), cells[0]))
            }
        }
        batch.outlines = DemoOutlines.outlines()
        return batch
    }

    /// Code, name, postal codes, latitude, longitude, rounded population, EPCI.
    static let communes = """
        02095;Bohain-en-Vermandois;02110;49.986;3.453;5600;
        02168;Château-Thierry;02400;49.046;3.403;15000;
        02173;Chauny;02300;49.615;3.219;11500;
        02361;Guise;02120;49.900;3.628;4400;
        02381;Hirson;02500;49.921;4.084;8900;
        02408;Laon;02000;49.564;3.624;24300;
        02691;Saint-Quentin;02100;49.847;3.287;53100;
        02722;Soissons;02200;49.381;3.324;28500;
        02789;Vervins;02140;49.835;3.906;2400;
        02810;Villers-Cotterêts;02600;49.253;3.090;10100;
        59009;Villeneuve-d'Ascq;59491 59493 59650;50.633;3.145;62100;200093201
        59017;Armentières;59280;50.688;2.881;25000;200093201
        59036;Avesnes-sur-Helpe;59440;50.124;3.931;4500;
        59043;Bailleul;59270;50.739;2.735;14900;
        59122;Cambrai;59400;50.173;3.235;31700;
        59135;Cassel;59670;50.800;2.487;2200;
        59153;Condé-sur-l'Escaut;59163;50.450;3.591;9500;
        59172;Denain;59220;50.329;3.394;20000;
        59178;Douai;59500;50.370;3.080;40000;
        59183;Dunkerque;59140 59240 59279 59430 59640;51.038;2.378;86800;
        59249;Fourmies;59610;50.015;4.048;11600;
        59273;Gravelines;59820;50.987;2.128;11000;
        59295;Hazebrouck;59190;50.725;2.539;21700;
        59331;Landrecies;59550;50.126;3.692;3400;
        59350;Lille;59000 59160 59260 59777 59800;50.632;3.046;236700;200093201
        59378;Marcq-en-Barœul;59700;50.672;3.097;38400;200093201
        59392;Maubeuge;59600;50.278;3.972;29000;
        59411;Mons-en-Pévèle;59246;50.480;3.101;2100;
        59449;Orchies;59310;50.474;3.244;8800;
        59481;Le Quesnoy;59530;50.249;3.637;4900;
        59512;Roubaix;59100;50.690;3.181;98900;200093201
        59599;Tourcoing;59200;50.724;3.161;98800;200093201
        59601;Trélon;59132;50.059;4.102;2800;
        59606;Valenciennes;59300;50.358;3.524;43200;
        60057;Beauvais;60000;49.430;2.081;56000;
        60141;Chantilly;60500;49.194;2.471;10900;
        60157;Clermont;60600;49.379;2.413;10400;
        60159;Compiègne;60200;49.418;2.826;41000;
        60175;Creil;60100;49.258;2.483;36000;
        60176;Crépy-en-Valois;60800;49.236;2.888;14500;
        60395;Méru;60110;49.236;2.133;14300;
        60471;Noyon;60400;49.581;3.000;13000;
        60612;Senlis;60300;49.207;2.586;15000;
        62041;Arras;62000;50.291;2.778;42600;
        62048;Auchel;62260;50.504;2.474;10200;
        62108;Berck;62600;50.408;1.570;13500;
        62119;Béthune;62400;50.530;2.640;25000;
        62160;Boulogne-sur-Mer;62200;50.726;1.614;40700;
        62178;Bruay-la-Buissière;62700;50.482;2.550;21800;
        62193;Calais;62100;50.951;1.858;67500;
        62215;Carvin;62220;50.493;2.957;17600;
        62318;Étaples;62630;50.515;1.641;10800;
        62427;Hénin-Beaumont;62110;50.414;2.963;25900;
        62447;Hesdin;62140;50.374;2.038;2100;
        62498;Lens;62300;50.431;2.832;32700;246200364
        62510;Liévin;62800;50.421;2.777;30400;246200364
        62528;Loos-en-Gohelle;62750;50.457;2.793;6800;246200364
        62588;Montreuil;62170;50.464;1.763;2000;
        62765;Saint-Omer;62500;50.750;2.261;14900;
        80001;Abbeville;80100;50.106;1.834;22400;
        80016;Albert;80300;50.001;2.651;9800;
        80021;Amiens;80000 80080 80090;49.898;2.285;133800;248000531
        80222;Crécy-en-Ponthieu;80150;50.253;1.886;1400;
        80253;Doullens;80600;50.157;2.341;5700;
        80410;Ham;80400;49.748;3.071;4400;
        80561;Montdidier;80500;49.648;2.568;6200;
        80620;Péronne;80200;49.931;2.934;7400;
        80630;Poix-de-Picardie;80290;49.777;1.980;2300;
        80685;Roye;80700;49.700;2.791;5700;
        80721;Saint-Valery-sur-Somme;80230;50.184;1.628;2400;
        """
}
