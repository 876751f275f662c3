import Geography
import Maillage

/// The five départements of the region, drawn by hand with few points: neighbours share their corners.
enum DemoOutlines {
    static func outlines() -> [TerritoryBatch.Outline] {
        borders.compactMap { code, name, corners in
            let points = corners.compactMap { corner in
                DemoOutlines.corners[corner].flatMap { Point(latitude: $0.0, longitude: $0.1) }
            }
            guard let ring = Ring(points), let box = BoundingBox(containing: points) else {
                return nil
            }
            let bytes = Contour(MultiPolygon([Polygon(outer: ring)])).bytes
            return TerritoryBatch.Outline(
                kind: .departement, code: code, name: name, box: box, fine: bytes, coarse: bytes, edition: "croquis")
        }
    }

    private static let borders: [(String, String, [String])] = [
        (
            "59", "Nord",
            [
                "Bray-Dunes", "Hondschoote", "Steenvoorde", "Bailleul", "Armentières", "Halluin", "Roubaix", "Baisieux",
                "Mortagne",
                "Condé", "Quiévrechain", "Bavay", "Jeumont", "Trélon", "Anor", "Wignehies", "Le Cateau", "Le Catelet",
                "Gouzeaucourt",
                "Marquion", "Douai", "Carvin", "La Bassée", "Merville", "Hazebrouck", "Watten", "Gravelines",
            ]
        ),
        (
            "62", "Pas-de-Calais",
            [
                "Gravelines", "Watten", "Hazebrouck", "Merville", "La Bassée", "Carvin", "Douai", "Marquion",
                "Gouzeaucourt",
                "Bapaume", "Beaumont", "Pas-en-Artois", "Frévent", "Auxi", "Nampont", "Berck", "Étaples", "Boulogne",
                "Gris-Nez",
                "Calais",
            ]
        ),
        (
            "80", "Somme",
            [
                "Berck", "Nampont", "Auxi", "Frévent", "Pas-en-Artois", "Beaumont", "Bapaume", "Gouzeaucourt", "Roisel",
                "Ham",
                "Roye", "Montdidier", "Breteuil", "Conty", "Poix", "Aumale", "Blangy", "Mers", "Cayeux", "Le Crotoy",
            ]
        ),
        (
            "02", "Aisne",
            [
                "Gouzeaucourt", "Le Catelet", "Le Cateau", "Wignehies", "Anor", "Hirson", "Aubenton", "Rozoy",
                "Berry-au-Bac",
                "Fismes", "Dormans", "Montmirail", "La Ferté-sous-Jouarre", "La Ferté-Milon", "Villers", "Vic",
                "Noyon-est", "Ham",
                "Roisel",
            ]
        ),
        (
            "60", "Oise",
            [
                "Poix", "Conty", "Breteuil", "Montdidier", "Roye", "Ham", "Noyon-est", "Vic", "Villers",
                "La Ferté-Milon",
                "Nanteuil", "Chantilly-sud", "Chambly", "Chaumont", "Gisors", "Gournay", "Formerie", "Aumale",
            ]
        ),
    ]

    private static let corners: [String: (Double, Double)] = [
        "Bray-Dunes": (51.089, 2.546), "Hondschoote": (50.98, 2.60), "Steenvoorde": (50.81, 2.66),
        "Bailleul": (50.72, 2.80),
        "Armentières": (50.71, 2.92), "Halluin": (50.79, 3.13), "Roubaix": (50.70, 3.26), "Baisieux": (50.61, 3.26),
        "Mortagne": (50.51, 3.46), "Condé": (50.49, 3.61), "Quiévrechain": (50.40, 3.68), "Bavay": (50.33, 3.82),
        "Jeumont": (50.30, 4.13), "Trélon": (50.06, 4.22), "Anor": (49.98, 4.14), "Wignehies": (50.01, 3.98),
        "Le Cateau": (50.07, 3.56), "Le Catelet": (50.00, 3.24), "Gouzeaucourt": (50.04, 3.09),
        "Marquion": (50.21, 3.10),
        "Douai": (50.38, 2.99), "Carvin": (50.51, 2.98), "La Bassée": (50.55, 2.81), "Merville": (50.64, 2.62),
        "Hazebrouck": (50.70, 2.40), "Watten": (50.83, 2.20), "Gravelines": (51.01, 2.10), "Bapaume": (50.08, 2.84),
        "Beaumont": (50.11, 2.62), "Pas-en-Artois": (50.13, 2.47), "Frévent": (50.24, 2.31), "Auxi": (50.24, 2.11),
        "Nampont": (50.34, 1.75), "Berck": (50.37, 1.55), "Étaples": (50.52, 1.58), "Boulogne": (50.73, 1.58),
        "Gris-Nez": (50.87, 1.58), "Calais": (50.97, 1.85), "Roisel": (49.95, 3.17), "Ham": (49.71, 3.10),
        "Roye": (49.66, 2.78),
        "Montdidier": (49.60, 2.55), "Breteuil": (49.68, 2.32), "Conty": (49.70, 2.10), "Poix": (49.71, 1.90),
        "Aumale": (49.76, 1.75), "Blangy": (49.94, 1.62), "Mers": (50.06, 1.38), "Cayeux": (50.18, 1.49),
        "Le Crotoy": (50.22, 1.58), "Hirson": (49.94, 4.20), "Aubenton": (49.83, 4.22), "Rozoy": (49.63, 4.05),
        "Berry-au-Bac": (49.40, 3.98), "Fismes": (49.32, 3.66), "Dormans": (49.08, 3.64), "Montmirail": (48.87, 3.48),
        "La Ferté-sous-Jouarre": (48.97, 3.18), "La Ferté-Milon": (49.17, 3.09), "Villers": (49.27, 3.03),
        "Vic": (49.40, 3.10),
        "Noyon-est": (49.57, 3.10), "Nanteuil": (49.09, 2.80), "Chantilly-sud": (49.14, 2.45), "Chambly": (49.17, 2.20),
        "Chaumont": (49.20, 1.90), "Gisors": (49.28, 1.78), "Gournay": (49.47, 1.74), "Formerie": (49.65, 1.72),
    ]
}
