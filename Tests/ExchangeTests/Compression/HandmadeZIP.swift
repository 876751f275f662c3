import Exchange
import Foundation

/// A ZIP file written record by record, so that each of them may lie.
struct HandmadeZIP {
    struct Entry {
        var name: [UInt8]
        var method = 0
        var flags = 0
        /// As it stands in the file.
        var packed: [UInt8]
        var size: Int
        /// What its own header says, when it differs from the directory.
        var localName: [UInt8]?
        var localSizes: (packed: Int, size: Int)?
        /// What the directory says of its size in the file, when it differs.
        var toldPacked: Int?
        /// Where the directory says it begins, when it differs.
        var toldOffset: Int?
        var madeBy = 20
        var attributes = 0

        init(_ name: String, _ content: [UInt8] = [], method: Int = 0, size: Int? = nil) {
            self.name = Array(name.utf8)
            self.method = method
            packed = content
            self.size = size ?? content.count
        }
    }

    var entries: [Entry]
    var comment: [UInt8] = []
    var before: [UInt8] = []
    var gap: [UInt8] = []

    var bytes: [UInt8] {
        var file = before
        var directory: [UInt8] = []
        for entry in entries {
            let offset = file.count
            let told = entry.toldPacked ?? entry.packed.count
            let local = entry.localSizes ?? (told, entry.size)
            let name = entry.localName ?? entry.name
            file +=
                [0x50, 0x4B, 3, 4] + little(20, 2) + little(entry.flags, 2) + little(entry.method, 2) + little(0, 8)
            file += little(local.packed, 4) + little(local.size, 4) + little(name.count, 2) + little(0, 2) + name
            file += entry.packed
            directory += [0x50, 0x4B, 1, 2] + little(entry.madeBy, 2) + little(20, 2) + little(entry.flags, 2)
            directory += little(entry.method, 2) + little(0, 8) + little(told, 4) + little(entry.size, 4)
            directory += little(entry.name.count, 2) + little(0, 8) + little(entry.attributes, 4)
            directory += little(entry.toldOffset ?? offset, 4) + entry.name
        }
        let start = file.count
        file += directory + gap
        file += [0x50, 0x4B, 5, 6] + little(0, 4) + little(entries.count, 2) + little(entries.count, 2)
        return file + little(directory.count, 4) + little(start, 4) + little(comment.count, 2) + comment
    }

    private func little(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    /// An OpenDocument text, or what it takes to seem one.
    static func odt(type: String = DocumentKind.odt.mediaType, manifest: String = "<manifest/>") -> HandmadeZIP {
        HandmadeZIP(entries: [
            Entry("mimetype", Array(type.utf8)), Entry("content.xml", Array("<document/>".utf8)),
            Entry("META-INF/manifest.xml", Array(manifest.utf8)),
        ])
    }

    static func docx() -> HandmadeZIP {
        HandmadeZIP(entries: [
            Entry("[Content_Types].xml", Array("<Types/>".utf8)), Entry("word/document.xml", Array("<document/>".utf8)),
        ])
    }
}
