/// Multipolygons as SVG path data.
public enum ContourDrawing {
    /// The `d` attribute of a path that draws a shape in a frame: whole numbers, relative commands. Corners that
    /// fall on the same unit are merged; rings that become too small are left out, but a shape always leaves a mark.
    /// Holes need `fill-rule="evenodd"`, for rings keep the winding they came with.
    public static func path(_ shape: MultiPolygon, in frame: MapFrame) -> String {
        var out: [UInt8] = []
        appendPath(shape, in: frame, to: &out)
        return String(decoding: out, as: UTF8.self)
    }

    /// Appends what `path` answers, as ASCII bytes.
    public static func appendPath(_ shape: MultiPolygon, in frame: MapFrame, to out: inout [UInt8]) {
        let start = out.count
        var pen = Pen()
        for polygon in shape.polygons {
            // Holes of an outer ring too small to draw would be drawn as islands.
            guard let outer = corners(of: polygon.outer, in: frame) else { continue }
            pen.draw(outer, to: &out)
            for hole in polygon.holes { corners(of: hole, in: frame).map { pen.draw($0, to: &out) } }
        }
        if out.count == start, let bounds = shape.bounds {
            let (x, y) = frame.place(bounds.center)
            let mark = [(0, 0), (1, 0), (1, 1), (0, 1)].map { Corner(x: x + $0.0, y: y + $0.1) }
            pen.draw(mark, to: &out)
        }
    }

    private struct Corner: Hashable {
        let x, y: Int
    }

    private static func corners(of ring: Ring, in frame: MapFrame) -> [Corner]? {
        var corners: [Corner] = []
        for point in ring.points {
            let (x, y) = frame.place(point)
            let corner = Corner(x: x, y: y)
            if corner != corners.last { corners.append(corner) }
        }
        while corners.count > 1, corners.last == corners.first { corners.removeLast() }
        return Set(corners).count >= 3 ? corners : nil
    }

    /// Where the last ring began: `z` goes back there, and the next `m` counts from there.
    private struct Pen {
        var x = 0
        var y = 0

        mutating func draw(_ corners: [Corner], to out: inout [UInt8]) {
            guard let first = corners.first else { return }
            out.append(UInt8(ascii: "m"))
            append(first.x - x, first.y - y, to: &out)
            (x, y) = (first.x, first.y)
            var last = first
            for (rank, corner) in corners.dropFirst().enumerated() {
                out.append(rank == 0 ? UInt8(ascii: "l") : UInt8(ascii: " "))
                append(corner.x - last.x, corner.y - last.y, to: &out)
                last = corner
            }
            out.append(UInt8(ascii: "z"))
        }

        private func append(_ dx: Int, _ dy: Int, to out: inout [UInt8]) {
            // A minus sign separates by itself.
            if dx < 0, out.last == UInt8(ascii: " ") { out.removeLast() }
            out.append(decimal: dx)
            if dy >= 0 { out.append(UInt8(ascii: " ")) }
            out.append(decimal: dy)
        }
    }
}
