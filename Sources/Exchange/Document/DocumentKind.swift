/// The kinds of document that people attach, told by the bytes and never by a name or a claim.
public enum DocumentKind: String, Sendable, CaseIterable {
    case pdf, odt, docx, ods, xlsx, jpeg, png

    public var mediaType: String {
        switch self {
        case .pdf: "application/pdf"
        case .odt: "application/vnd.oasis.opendocument.text"
        case .docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        case .ods: "application/vnd.oasis.opendocument.spreadsheet"
        case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        case .jpeg: "image/jpeg"
        case .png: "image/png"
        }
    }

    /// The ends of names that files of this kind bear, the usual one first.
    public var extensions: [String] {
        self == .jpeg ? ["jpg", "jpeg", "jpe"] : [rawValue]
    }
}

/// Why a document is refused.
public enum DocumentProblem: Error, Sendable, Equatable {
    case empty
    /// None of the kinds.
    case unknownKind
    /// Binary documents of before 2007, and those of today that a password locks.
    case compoundFile
    /// It begins well and has no end.
    case cutShort
    case encrypted
    case macros
    /// Something in it is an archive or a program.
    case nested(String)
    /// Once unpacked, more than is allowed.
    case bomb
    /// An archive that contradicts itself, or names that lead out of it.
    case damaged
    case tooManyPixels(limit: Int)
}

extension DocumentKind {
    /// Pixels of a picture, before anything decodes it.
    public static let mostPixels = 40_000_000

    /// The kind of a document of `size` bytes, read here and there: its beginning, its end, its directory when it has one.
    ///
    /// - Throws: `DocumentProblem`, or what `bytes` throws.
    public static func detect(size: Int, _ bytes: ZIPDirectory.Bytes) throws -> DocumentKind {
        guard size > 0 else { throw DocumentProblem.empty }
        let head = try bytes(0..<min(size, 1_024))
        if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return try OfficeDocument.kind(size: size, bytes) }
        if head.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) { throw DocumentProblem.compoundFile }
        if isPDF(head) {
            let tail = try bytes(max(0, size - 2_048)..<size)
            guard tail.firstIndex(of: "%%EOF") != nil else { throw DocumentProblem.cutShort }
            return .pdf
        }
        return try picture(size: size, bytes)
    }

    /// `%PDF-`, after a byte order mark and white space at most (ISO 32000-2, 7.5.2, and what programs write).
    private static func isPDF(_ head: [UInt8]) -> Bool {
        var rest = head[...]
        if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
        while let first = rest.first, [0x20, 0x09, 0x0A, 0x0D].contains(first) { rest = rest.dropFirst() }
        return rest.starts(with: Array("%PDF-".utf8))
    }

    private static func picture(size: Int, _ bytes: ZIPDirectory.Bytes) throws -> DocumentKind {
        var reader = ImageHeaderReader()
        var place = 0
        do {
            while reader.header == nil, place < size {
                let piece = try bytes(place..<min(size, place + 65_536))
                guard !piece.isEmpty else { break }
                try reader.feed(piece)
                place += piece.count
            }
            let header = try reader.finish()
            guard header.pixels <= mostPixels else { throw DocumentProblem.tooManyPixels(limit: mostPixels) }
            switch header.kind {
            case .jpeg: return .jpeg
            case .png:
                let tail = try bytes(max(0, size - 4_096)..<size)
                guard tail.firstIndex(of: "IEND") != nil else { throw DocumentProblem.cutShort }
                return .png
            case .webp: throw DocumentProblem.unknownKind
            }
        } catch ImageProblem.unknownKind {
            throw DocumentProblem.unknownKind
        } catch ImageProblem.truncated {
            throw DocumentProblem.cutShort
        } catch is ImageProblem {
            throw DocumentProblem.damaged
        }
    }
}

/// Documents that are archives: OpenDocument (ISO/IEC 26300-3, § 2) and Office Open XML (ISO/IEC 29500-2).
enum OfficeDocument {
    static func kind(size: Int, _ bytes: ZIPDirectory.Bytes) throws -> DocumentKind {
        do {
            let directory = try ZIPDirectory.read(size: size, bytes)
            try refuseContents(of: directory)
            return try openDocument(directory, bytes) ?? openXML(directory)
        } catch let problem as ArchiveProblem {
            throw Self.document(problem)
        }
    }

    private static func document(_ problem: ArchiveProblem) -> DocumentProblem {
        switch problem {
        case .noDirectory: .cutShort
        case .tooManyEntries, .tooLarge: .bomb
        case .encrypted: .encrypted
        case .malformed, .unsupported, .hostileName, .duplicateName, .lyingSize, .overlapping: .damaged
        }
    }

    private static let programs: Set<String> = [
        "zip", "7z", "rar", "tar", "gz", "tgz", "bz2", "xz", "zst", "cab", "iso", "jar", "apk", "exe", "dll", "com",
        "scr",
        "msi", "bat", "cmd", "ps1", "sh", "vbs", "js", "hta", "lnk",
    ]

    private static func refuseContents(of directory: ZIPDirectory) throws {
        for entry in directory.entries {
            let name = entry.name.lowercased()
            let last = name.split(separator: "/").last ?? ""
            if last == "vbaproject.bin" || name.hasPrefix("basic/") || name.hasPrefix("scripts/") {
                throw DocumentProblem.macros
            }
            guard let dot = last.lastIndex(of: "."), !name.hasSuffix("/") else { continue }
            if programs.contains(String(last[last.index(after: dot)...])) {
                throw DocumentProblem.nested(String(entry.name.suffix(80)))
            }
        }
    }

    /// The first entry of an OpenDocument file is its media type, stored as it is.
    private static func openDocument(_ directory: ZIPDirectory, _ bytes: ZIPDirectory.Bytes) throws -> DocumentKind? {
        guard let entry = directory["mimetype"] else { return nil }
        guard entry.offset == 0, entry.method == 0, entry.size <= 100 else { throw DocumentProblem.damaged }
        let type = String(decoding: try ZIPDirectory.content(of: entry, limit: 100, bytes), as: UTF8.self)
        guard let kind = [DocumentKind.odt, .ods].first(where: { $0.mediaType == type }) else {
            throw DocumentProblem.unknownKind
        }
        guard directory["content.xml"] != nil, let manifest = directory["META-INF/manifest.xml"] else {
            throw DocumentProblem.damaged
        }
        let list = try ZIPDirectory.content(of: manifest, limit: 4 << 20, bytes)
        guard list.firstIndex(of: "encryption-data") == nil else { throw DocumentProblem.encrypted }
        return kind
    }

    private static func openXML(_ directory: ZIPDirectory) throws -> DocumentKind {
        guard directory["[Content_Types].xml"] != nil else { throw DocumentProblem.unknownKind }
        if directory["word/document.xml"] != nil { return .docx }
        if directory["xl/workbook.xml"] != nil { return .xlsx }
        throw DocumentProblem.unknownKind
    }
}

extension [UInt8] {
    fileprivate func firstIndex(of text: String) -> Int? {
        ByteSearch.index(of: Array(text.utf8), in: self, from: 0)
    }
}
