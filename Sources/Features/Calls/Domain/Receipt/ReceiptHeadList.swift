import Exchange

/// The published heads as one file: `{"heads":[{…a signed head…},…]}`, the oldest first.
public enum ReceiptHeadList {
    public static func bytes(_ heads: [SignedHead]) -> [UInt8] {
        var bytes = Array("{\"heads\":[".utf8)
        for (place, head) in heads.enumerated() {
            if place > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes += head.fileBytes
        }
        return bytes + Array("]}\n".utf8)
    }

    /// Reads a list, or one head alone; nil when it is neither.
    public static func read(_ bytes: [UInt8]) -> [SignedHead]? {
        if let head = SignedHead(fileBytes: bytes) { return [head] }
        guard bytes.count <= 64 << 20, let value = try? JSONValue.parse(bytes), let items = value["heads"]?.array else {
            return nil
        }
        let heads = items.compactMap { item in
            (try? CanonicalJSON.bytes(of: item)).flatMap(SignedHead.init(fileBytes:))
        }
        return heads.count == items.count ? heads : nil
    }
}
