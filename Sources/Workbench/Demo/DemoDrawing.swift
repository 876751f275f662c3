/// Simple scenes as SVG, 1600 by 1000.
enum DemoDrawing {
    static func house(wall: String, door: String) -> String {
        var pen = Pen(sky: "#cfe4ea", ground: "#8fa36b", horizon: 760)
        pen.circle(1_330, 190, 80, "#f6d77a")
        pen.polygon([(330, 380), (760, 150), (1_190, 380)], "#5b4a42")
        pen.box(390, 380, 740, 400, wall)
        for column in 0..<4 {
            for row in 0..<2 where !(row == 1 && column == 1) {
                let (x, y) = (450 + column * 170, 430 + row * 170)
                pen.box(x, y, 100, 120, "#fbf8f2")
                pen.box(x + 8, y + 8, 84, 104, "#9cc0cb")
                pen.box(x + 46, y + 8, 8, 104, "#fbf8f2")
            }
        }
        pen.box(615, 590, 110, 190, door)
        pen.circle(705, 690, 8, "#f3ede2")
        pen.box(1_265, 520, 40, 280, "#6b4a2f")
        pen.circle(1_285, 440, 150, "#4d8033")
        pen.circle(1_200, 500, 90, "#5b9340")
        pen.circle(1_370, 500, 90, "#41702a")
        pen.box(170, 800, 240, 24, "#7a5a3c")
        pen.box(190, 824, 20, 60, "#5e432b")
        pen.box(370, 824, 20, 60, "#5e432b")
        return pen.svg
    }

    static func table(wall: String, lamp: String) -> String {
        var pen = Pen(sky: wall, ground: "#b78d62", horizon: 690)
        pen.box(180, 130, 420, 320, "#fbf8f2")
        pen.box(200, 150, 380, 280, "#a9cfd6")
        pen.box(384, 150, 12, 280, "#fbf8f2")
        for place in 0..<3 {
            let x = 480 + place * 330
            pen.box(x - 3, 0, 6, 230, "#1d2b2e")
            pen.polygon([(x - 80, 310), (x - 30, 225), (x + 30, 225), (x + 80, 310)], lamp)
            pen.circle(x, 318, 22, "#fdf0d1")
        }
        pen.box(200, 620, 1_200, 44, "#8a5a34")
        pen.box(240, 664, 40, 270, "#6f4526")
        pen.box(1_320, 664, 40, 270, "#6f4526")
        for place in 0..<4 {
            let x = 290 + place * 270
            pen.polygon([(x + 20, 500), (x + 190, 500), (x + 200, 612), (x + 10, 612)], "#334045")
            pen.polygon([(x + 32, 512), (x + 178, 512), (x + 186, 602), (x + 24, 602)], "#79cbc4")
            pen.box(x - 10, 608, 230, 14, "#5d6a6f")
        }
        pen.box(1_390, 700, 110, 150, "#a8401f")
        for leaf in 0..<5 {
            pen.polygon([(1_445, 710), (1_330 + leaf * 58, 480 + abs(leaf - 2) * 50), (1_460, 700)], "#4d8033")
        }
        return pen.svg
    }

    static func workshop(wall: String) -> String {
        var pen = Pen(sky: wall, ground: "#8c7a66", horizon: 740)
        pen.box(240, 120, 1_120, 380, "#c9a677")
        pen.box(256, 136, 1_088, 348, "#b8925f")
        for tool in 0..<9 {
            let (x, height) = (310 + tool * 115, 250 - tool * 14)
            switch tool % 3 {
            case 0:
                pen.box(x, 190, 16, height, "#7a4f2c")
                pen.box(x - 34, 170, 84, 44, "#4c595a")
            case 1:
                pen.box(x, 170, 18, height / 2, "#a01c2c")
                pen.box(x + 5, 170 + height / 2, 8, height / 2, "#d7dbdb")
            default:
                pen.polygon([(x - 10, 170), (x + 40, 170), (x + 16, 170 + height)], "#d7dbdb")
                pen.box(x - 6, 150, 40, 34, "#0d5c5c")
            }
        }
        pen.box(140, 600, 1_320, 56, "#9a6a3d")
        pen.box(200, 656, 60, 270, "#7a5230")
        pen.box(1_340, 656, 60, 270, "#7a5230")
        pen.box(320, 690, 960, 26, "#7a5230")
        pen.box(1_110, 520, 150, 80, "#4c595a")
        pen.box(1_080, 540, 30, 60, "#35403f")
        pen.box(1_260, 552, 70, 16, "#35403f")
        pen.box(420, 560, 190, 40, "#c1502e")
        pen.circle(740, 568, 32, "#f6d77a")
        return pen.svg
    }

    static func garden() -> String {
        var pen = Pen(sky: "#d8ecef", ground: "#a3b873", horizon: 560)
        pen.circle(1_260, 210, 100, "#f6d77a")
        pen.polygon([(0, 560), (360, 330), (820, 560)], "#86a75a")
        pen.polygon([(560, 560), (1_080, 360), (1_600, 560)], "#769a4f")
        pen.polygon([(150, 430), (310, 320), (470, 430)], "#a8401f")
        pen.box(180, 430, 260, 220, "#c9a677")
        pen.box(270, 500, 90, 150, "#7a5230")
        for bed in 0..<3 {
            let (x, y) = (250 + bed * 400, 690 + bed * 40)
            pen.box(x, y, 360, 130, "#8a5a34")
            pen.box(x + 14, y + 10, 332, 30, "#4a3423")
            for plant in 0..<6 {
                let px = x + 40 + plant * 56
                pen.box(px, y - 60, 8, 80, "#4d8033")
                pen.circle(px + 4, y - 66, 26, bed == 1 ? "#5b9340" : "#6fae4a")
                if (plant + bed) % 2 == 0 { pen.circle(px + 14, y - 60, 11, "#c1302e") }
            }
        }
        return pen.svg
    }

    /// Writes shapes one after the other.
    private struct Pen {
        private var shapes = ""

        init(sky: String, ground: String, horizon: Int) {
            box(0, 0, 1_600, 1_000, sky)
            box(0, horizon, 1_600, 1_000 - horizon, ground)
        }

        mutating func box(_ x: Int, _ y: Int, _ width: Int, _ height: Int, _ colour: String) {
            shapes += "<rect x=\"\(x)\" y=\"\(y)\" width=\"\(width)\" height=\"\(height)\" fill=\"\(colour)\"/>"
        }

        mutating func circle(_ x: Int, _ y: Int, _ radius: Int, _ colour: String) {
            shapes += "<circle cx=\"\(x)\" cy=\"\(y)\" r=\"\(radius)\" fill=\"\(colour)\"/>"
        }

        mutating func polygon(_ points: [(Int, Int)], _ colour: String) {
            let text = points.map { "\($0.0),\($0.1)" }.joined(separator: " ")
            shapes += "<polygon points=\"\(text)\" fill=\"\(colour)\"/>"
        }

        var svg: String {
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1600\" height=\"1000\" viewBox=\"0 0 1600 1000\">\(shapes)</svg>"
        }
    }
}
