import Exchange

extension CallArchiveManifest {
    /// As it stands in the archive: one line for each dossier.
    public var bytes: [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.member("format", Self.format)
        json.member("version", Self.version)
        json.member("network", network)
        json.member("address", address)
        json.member("made_at", ReceiptInstant.text(madeAt))
        json.name("call")
        json.beginObject()
        json.member("id", call)
        json.member("slug", slug)
        json.member("title", title)
        json.member("organiser", organiser)
        json.endObject()
        json.name("files")
        Self.write(files, to: &json)
        json.name("dossiers")
        json.beginArray()
        for dossier in dossiers {
            dossier.write(to: &json)
            json.lineBreak()
        }
        json.endArray()
        json.endObject()
        return json.take() + [0x0A]
    }

    static func write(_ files: [File], to json: inout JSONWriter) {
        json.beginArray()
        for file in files { file.write(to: &json) }
        json.endArray()
    }

    /// Reads one; a format of a later version is refused before anything else of it is looked at.
    public init(reading bytes: [UInt8]) throws(CallArchiveProblem) {
        let limits = JSONLimits(depth: 8, stringBytes: 65_536, values: 2_000_000)
        guard let json = try? JSONValue.parse(bytes, limits: limits), json["format"]?.string == Self.format else {
            throw CallArchiveProblem("\(Self.name) is not the list of the archive of a call")
        }
        guard let version = json["version"]?.int, version > 0 else {
            throw CallArchiveProblem("\(Self.name) does not say which version of the format it is in")
        }
        guard version <= Self.version else {
            throw CallArchiveProblem(
                "made by a newer Maillage: format \(version), and this program reads up to \(Self.version)")
        }
        let call = json["call"]
        guard let network = ArchiveText.line(json["network"]), let address = ArchiveText.line(json["address"]),
            let madeAt = json["made_at"]?.string.flatMap(ReceiptInstant.read),
            let id = call?["id"]?.string, Call.ID(text: id)?.text == id,
            let slug = ArchiveText.line(call?["slug"]), !slug.isEmpty, let title = ArchiveText.line(call?["title"]),
            let organiser = ArchiveText.line(call?["organiser"]),
            let files = json["files"]?.array, let dossiers = json["dossiers"]?.array
        else { throw CallArchiveProblem("\(Self.name): something it must say of the call is missing or impossible") }
        self.init(
            network: network, address: address, madeAt: madeAt, call: id, slug: slug, title: title,
            organiser: organiser)
        for value in files {
            guard let file = File(json: value), file.kind == .text || file.kind == .page else {
                throw CallArchiveProblem("\(Self.name): a file of the call is not described as it must be")
            }
            self.files.append(file)
        }
        for (place, value) in dossiers.enumerated() {
            guard let dossier = Dossier(json: value) else {
                throw CallArchiveProblem("\(Self.name): dossier \(place + 1) is not described as it must be")
            }
            self.dossiers.append(dossier)
        }
        try refuseRepeats()
    }

    /// Each number, each folder and each path stands once.
    private func refuseRepeats() throws(CallArchiveProblem) {
        var paths: Set<String> = [Self.name]
        for file in files + dossiers.flatMap(\.files) where !paths.insert(file.path.lowercased()).inserted {
            throw CallArchiveProblem("\(Self.name) names \(ArchiveText.shown(file.path)) twice")
        }
        var numbers: Set<Int> = []
        for dossier in dossiers where !numbers.insert(dossier.number).inserted {
            throw CallArchiveProblem("\(Self.name) has two dossiers under the number \(dossier.number)")
        }
    }
}

extension CallArchiveManifest.File {
    fileprivate func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("kind", kind.rawValue)
        json.member("path", path)
        json.member("size", size)
        json.member("sha256", digest.text)
        if kind == .document {
            json.member("name", name)
            json.member("question", question)
            json.member("addition", isAddition)
        }
        json.endObject()
    }

    fileprivate init?(json value: JSONValue) {
        guard let kind = value["kind"]?.string.flatMap(Kind.init), let path = ArchiveText.line(value["path"]),
            !path.isEmpty, let size = value["size"]?.int, size >= 0,
            let digest = value["sha256"]?.string.flatMap(FileDigest.init(text:))
        else { return nil }
        self.init(kind, path, size: size, digest: digest)
        guard kind == .document else { return }
        guard let name = ArchiveText.line(value["name"]), let question = ArchiveText.line(value["question"]),
            let isAddition = value["addition"]?.bool
        else { return nil }
        (self.name, self.question, self.isAddition) = (name, question, isAddition)
    }
}

extension CallArchiveManifest.Dossier {
    fileprivate func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("number", number)
        json.member("folder", folder)
        json.member("candidacy", candidacy)
        json.member("name", name)
        json.member("structure", structure)
        json.member("depositor", depositor)
        json.member("channel", channel.rawValue)
        json.member("arrival", ReceiptInstant.text(arrival))
        json.member("deadline", ReceiptInstant.text(closesAt))
        json.member("state", state)
        json.member("state_label", stateLabel)
        json.member("open", isOpen)
        json.name("files")
        CallArchiveManifest.write(files, to: &json)
        json.name("absent")
        json.beginArray()
        for each in absent {
            json.beginObject()
            json.member("name", each.name)
            json.member("question", each.question)
            json.member("size", each.size)
            json.member("sha256", each.digest.text)
            json.member("addition", each.isAddition)
            json.member("reason", each.reason)
            json.endObject()
        }
        json.endArray()
        json.endObject()
    }

    fileprivate init?(json value: JSONValue) {
        guard let number = value["number"]?.int, number > 0, number < 1 << 53,
            let folder = ArchiveText.line(value["folder"]), !folder.isEmpty,
            let candidacy = value["candidacy"]?.string, Candidacy.ID(text: candidacy)?.text == candidacy,
            let name = ArchiveText.line(value["name"]), let structure = ArchiveText.line(value["structure"]),
            let depositor = ArchiveText.line(value["depositor"]),
            let channel = value["channel"]?.string.flatMap(Receipt.Channel.init),
            let arrival = value["arrival"]?.string.flatMap(ReceiptInstant.read),
            let closesAt = value["deadline"]?.string.flatMap(ReceiptInstant.read),
            let state = ArchiveText.line(value["state"]), let label = ArchiveText.line(value["state_label"]),
            let isOpen = value["open"]?.bool, let files = value["files"]?.array,
            let absent = value["absent"]?.array
        else { return nil }
        self.init(
            number: number, folder: folder, candidacy: candidacy, name: name, structure: structure,
            depositor: depositor, channel: channel, arrival: arrival, closesAt: closesAt, state: state,
            stateLabel: label, isOpen: isOpen)
        self.files = files.compactMap { CallArchiveManifest.File(json: $0) }
        self.absent = absent.compactMap { CallArchiveManifest.Absent(json: $0) }
        guard self.files.count == files.count, self.absent.count == absent.count,
            self.files.allSatisfy({ $0.kind != .text && $0.path.hasPrefix(folder + "/") }),
            self.files.filter({ $0.kind == .deposit }).count <= 1,
            self.files.filter({ $0.kind == .receipt }).count <= 1
        else { return nil }
    }
}

extension CallArchiveManifest.Absent {
    fileprivate init?(json value: JSONValue) {
        guard let name = ArchiveText.line(value["name"]), let question = ArchiveText.line(value["question"]),
            let size = value["size"]?.int, size >= 0,
            let digest = value["sha256"]?.string.flatMap(FileDigest.init(text:)),
            let isAddition = value["addition"]?.bool, let reason = ArchiveText.line(value["reason"]), !reason.isEmpty
        else { return nil }
        self.init(
            name: name, question: question, size: size, digest: digest, isAddition: isAddition, reason: reason)
    }
}

/// Texts that come from another network's file.
enum ArchiveText {
    /// On one line, without signs that do not show, at most 2,000 bytes; nil for anything else.
    static func line(_ value: JSONValue?) -> String? {
        guard let text = value?.string, text.utf8.count <= 2_000,
            text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) })
        else { return nil }
        return text
    }

    /// A text as `line` reads it again.
    static func made(of text: String) -> String {
        let line = TextForm.oneLine(text)
        guard line.utf8.count > 2_000 else { return line }
        return String(line.prefix(500))
    }

    /// A name of the archive, as a line of the terminal may hold it.
    static func shown(_ name: String) -> String {
        var plain = String.UnicodeScalarView()
        for scalar in name.unicodeScalars.prefix(120) {
            let isPlain = scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value)
            plain.append(isPlain ? scalar : "?")
        }
        return String(plain)
    }
}

/// Why the archive of a call is not read, in one line of English.
public struct CallArchiveProblem: Error, Sendable, Equatable, CustomStringConvertible {
    public let description: String

    init(_ description: String) {
        self.description = description
    }

    init(_ problem: ArchiveProblem) {
        switch problem {
        case .noDirectory: self.init("not a ZIP file, or one that was cut short")
        case .malformed: self.init("a damaged ZIP file")
        case .tooManyEntries(let limit): self.init("too many files: \(limit) at most")
        case .tooLarge: self.init("once unpacked, it would take more room than an archive may")
        case .encrypted: self.init("encrypted: nothing in it can be read")
        case .unsupported: self.init("a ZIP file in several volumes, or packed in a way that is not read")
        case .hostileName: self.init("a file in it has a name that would lead outside, or a link: refused whole")
        case .duplicateName: self.init("two files in it have the same name")
        case .lyingSize: self.init("its directory and its files contradict each other")
        case .overlapping: self.init("files in it share the same bytes")
        }
    }
}
