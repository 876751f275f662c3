extension TileAnswer {
    /// Appends the answer as JSON columns, positions in the tile being 0…4095 from its north-west corner:
    ///
    ///     {"z":6,"x":32,"y":21,
    ///      "points":[[x…],[y…],["id"…],["name"…]],
    ///      "clusters":[[x…],[y…],[count…],[cell…],[west…],[north…],[east…],[south…]],
    ///      "stacks":[[x…],[y…],[count…],[["id"…]…],[["name"…]…]]}
    ///
    /// `z`, `x`, `y` and the cell (0…15, row by row) name a cluster for good; its four borders, in the same units,
    /// are where to zoom. `identifier` appends the public id of a slot, `name` its name, without quotes; both are escaped
    /// if need be. Without `name` there is no column of names.
    public func appendJSON(
        to out: inout [UInt8], identifier: (_ slot: Int, _ out: inout [UInt8]) -> Void,
        name: ((_ slot: Int, _ out: inout [UInt8]) -> Void)? = nil
    ) {
        out.append(text: "{\"z\":")
        out.append(decimal: tile.z)
        out.append(text: ",\"x\":")
        out.append(decimal: tile.x)
        out.append(text: ",\"y\":")
        out.append(decimal: tile.y)

        out.append(text: ",\"points\":[")
        out.append(column: points) { $1.append(decimal: $0.mercator.position(in: tile).x) }
        out.append(text: ",")
        out.append(column: points) { $1.append(decimal: $0.mercator.position(in: tile).y) }
        out.append(text: ",")
        out.append(column: points.compactMap(\.slots.first)) { $1.append(quoted: $0, by: identifier) }
        if let name {
            out.append(text: ",")
            out.append(column: points.compactMap(\.slots.first)) { $1.append(quoted: $0, by: name) }
        }

        out.append(text: "],\"clusters\":[")
        let boxes = clusters.map { Borders($0.bounds, in: tile) }
        out.append(column: clusters) { $1.append(decimal: $0.tileX) }
        out.append(text: ",")
        out.append(column: clusters) { $1.append(decimal: $0.tileY) }
        out.append(text: ",")
        out.append(column: clusters) { $1.append(decimal: $0.count) }
        out.append(text: ",")
        out.append(column: clusters) { $1.append(decimal: $0.cell) }
        for border in [\Borders.west, \.north, \.east, \.south] {
            out.append(text: ",")
            out.append(column: boxes) { $1.append(decimal: $0[keyPath: border]) }
        }

        out.append(text: "],\"stacks\":[")
        out.append(column: stacks) { $1.append(decimal: $0.mercator.position(in: tile).x) }
        out.append(text: ",")
        out.append(column: stacks) { $1.append(decimal: $0.mercator.position(in: tile).y) }
        out.append(text: ",")
        out.append(column: stacks) { $1.append(decimal: $0.count) }
        out.append(text: ",")
        out.append(column: stacks) { stack, out in
            out.append(column: stack.slots) { $1.append(quoted: $0, by: identifier) }
        }
        if let name {
            out.append(text: ",")
            out.append(column: stacks) { stack, out in
                out.append(column: stack.slots) { $1.append(quoted: $0, by: name) }
            }
        }
        out.append(text: "]}")
    }

    private struct Borders {
        let west, north, east, south: Int

        init(_ box: BoundingBox, in tile: Tile) {
            let low = MercatorCell(FixedPoint(Point(clampedLatitude: box.north, longitude: box.west)))
            let high = MercatorCell(FixedPoint(Point(clampedLatitude: box.south, longitude: box.east)))
            (west, north) = low.position(in: tile)
            (east, south) = high.position(in: tile)
        }
    }
}

extension [UInt8] {
    /// Appends a JSON array of what `write` appends for each item.
    fileprivate mutating func append<Item>(column: [Item], _ write: (Item, inout [UInt8]) -> Void) {
        append(UInt8(ascii: "["))
        for (rank, item) in column.enumerated() {
            if rank > 0 { append(UInt8(ascii: ",")) }
            write(item, &self)
        }
        append(UInt8(ascii: "]"))
    }

    /// Appends a JSON string of what `write` appends, escaping quotes, backslashes and control characters.
    fileprivate mutating func append(quoted slot: Int, by write: (Int, inout [UInt8]) -> Void) {
        append(UInt8(ascii: "\""))
        let start = count
        write(slot, &self)
        if start <= count, self[start...].contains(where: { $0 < 0x20 || $0 == 0x22 || $0 == 0x5c }) {
            let raw = self[start...]
            removeLast(count - start)
            for byte in raw {
                switch byte {
                case 0x22, 0x5c: append(contentsOf: [0x5c, byte])
                case 0..<0x20:
                    append(text: "\\u00")
                    for digit in [byte >> 4, byte & 15] { append(digit < 10 ? 0x30 + digit : 0x57 + digit) }
                default: append(byte)
                }
            }
        }
        append(UInt8(ascii: "\""))
    }
}
