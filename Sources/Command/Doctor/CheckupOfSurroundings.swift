import Maillage

/// What the site works with: mail, the second volume, backups, the programs behind photos and PDF files, the antivirus.
extension Checkup {
    func mail() async -> [DoctorFinding] {
        let subject = "mail"
        guard let command = settings.mailCommand else {
            return [
                .warning(
                    subject, "MAIL_COMMAND is not set: letters wait, and nobody can sign in by a link",
                    mend: "apt install msmtp, then mail_command = \"/usr/bin/msmtp -t --file=\(data)/msmtprc\"")
            ]
        }
        let words = command.split(separator: " ").map(String.init)
        guard let name = words.first, let path = machine.program(name) else {
            return [
                .fault(
                    subject, "\(words.first ?? "MAIL_COMMAND") is not there, or may not be run",
                    mend: "sudo apt install msmtp, or correct mail_command")
            ]
        }
        var findings: [DoctorFinding] = []
        for file in words.compactMap({ $0.hasPrefix("--file=") ? String($0.dropFirst(7)) : nil }) {
            guard let state = machine.file(file) else {
                findings.append(.fault(subject, "\(file) is not there", mend: "write it: « Mail » in OPERATIONS.md"))
                continue
            }
            if state.mode & 0o077 != 0 {
                findings.append(
                    .fault(
                        subject, "\(file) holds a password and may be read by others (\(Self.octal(state.mode)))",
                        mend: "sudo chmod 600 \(file) && sudo chown \(owner()): \(file)"))
            }
        }
        if settings.mailFrom.hasSuffix("@localhost") {
            findings.append(
                .warning(
                    subject, "the sender is \(settings.mailFrom): most servers refuse it",
                    mend: "mail_from = an address of your domain"))
        }
        if let letterTo { findings.append(await letter(to: letterTo, path, Array(words.dropFirst()))) }
        return findings.isEmpty ? [.ok(subject, "\(path) sends it; --mail-to ADDRESS sends a trial letter")] : findings
    }

    private func letter(to recipient: String, _ program: String, _ arguments: [String]) async -> DoctorFinding {
        guard !recipient.utf8.contains(where: { $0 < 0x21 || $0 > 0x7E }), recipient.contains("@") else {
            return .fault("mail", "\"\(recipient)\" is not an address", mend: "--mail-to you@example.org")
        }
        let text = """
            From: \(settings.mailFrom)
            To: \(recipient)
            Subject: Maillage: trial letter
            MIME-Version: 1.0
            Content-Type: text/plain; charset=utf-8

            This letter was sent by `maillage doctor --mail-to`.

            """
        switch await machine.run(program, arguments, Array(text.utf8)) {
        case nil:
            return .fault("mail", "\(program) did not end within a minute", mend: "is its server reachable from here?")
        case let ending? where !ending.isSuccess:
            return .fault(
                "mail", "\(program) refused the letter: \(ending.said)", mend: "see its own log and settings")
        default: return .ok("mail", "a trial letter to \(recipient) was taken by \(program)")
        }
    }

    /// The copy of deposits is worth something on another disk only.
    func secondVolume() -> [DoctorFinding] {
        let subject = "deposit copies"
        guard let path = settings.depositJournal else {
            return [
                .warning(
                    subject, "DEPOSIT_JOURNAL is not set: with this disk, the deposits since the last backup are lost",
                    mend: "deposit_journal = a file on a second disk")
            ]
        }
        let folder = Self.folder(of: path)
        guard let state = machine.file(folder), state.isFolder else {
            return [
                .fault(subject, "\(folder) is not there: is the second disk mounted?", mend: "sudo mount \(folder)")
            ]
        }
        guard machine.mayWrite(machine.file(path) == nil ? folder : path) else {
            return [
                .fault(
                    subject, "\(path) cannot be written",
                    mend: "sudo chown \(owner()): \(folder); with systemd, ReadWritePaths=\(folder)")
            ]
        }
        guard let own = machine.file(data), own.device != state.device else {
            return [
                .warning(
                    subject, "\(folder) is on the same volume as the data: both are lost together",
                    mend: "put it on another disk")
            ]
        }
        return [.ok(subject, "\(path), on another volume")]
    }

    func backups() -> [DoctorFinding] {
        let subject = "backups"
        guard let folder = settings.backupFolder else {
            return [
                .warning(
                    subject, "BACKUP_FOLDER is not set: the site makes none by itself",
                    mend: "backup_folder = a folder on another disk")
            ]
        }
        guard let state = machine.file(folder), state.isFolder, machine.mayWrite(folder) else {
            return [
                .fault(
                    subject, "\(folder) is not there, or cannot be written",
                    mend: "sudo install -d -m 700 -o \(owner()) \(folder); with systemd, ReadWritePaths=\(folder)")
            ]
        }
        var findings: [DoctorFinding] = []
        if machine.file(data)?.device == state.device {
            findings.append(
                .warning(
                    subject, "\(folder) is on the same volume as the data: both are lost together",
                    mend: "put it on another disk, or send copies away"))
        }
        let copies = (machine.names(folder) ?? []).filter { $0.hasPrefix("maillage-") && !$0.hasSuffix(".partial") }
        let newest = copies.compactMap { machine.file(folder + "/" + $0)?.modified }.max()
        if let newest {
            let age = machine.now() - newest
            let hours = Int(age.seconds / 3_600)
            if hours > settings.backupHours * 2 {
                findings.append(
                    .fault(
                        subject, "the newest of \(copies.count) is \(hours) hours old",
                        mend: "journalctl -u maillage | grep backup says why"))
            }
        } else {
            findings.append(
                .warning(subject, "\(folder) holds none yet", mend: "the site makes one within a minute of its start"))
        }
        if let volume = machine.volume(folder), volume.free < 1_000_000_000 {
            findings.append(
                .warning(
                    subject, "\(ByteCount.text(volume.free)) free for them",
                    mend: "make room on the volume of \(folder)"))
        }
        return findings.isEmpty ? [.ok(subject, "\(copies.count) in \(folder), on another volume")] : findings
    }

    func pages() async -> [DoctorFinding] {
        var findings: [DoctorFinding] = []
        if !machine.hasAssets() {
            findings.append(
                .fault(
                    "pages", "the style sheet and scripts are not beside the program",
                    mend: "keep the folder Public with the program, or install the package again"))
        }
        findings.append(
            machine.hasLeaflet()
                ? .ok("map", "its script is there")
                : .warning("map", "Leaflet is not there: lists stand for maps", mend: "sudo apt install libjs-leaflet"))
        if let tiles = settings.tilesURL { findings.append(await self.tiles(tiles)) }
        if let geocoder = settings.geocoderURL {
            let status = await machine.status(geocoder + "/search/?q=paris&limit=1")
            findings.append(
                status == 200
                    ? .ok("addresses", "the geocoder answers")
                    : .warning(
                        "addresses", "the geocoder answers \(Self.words(status)): addresses are found to the commune",
                        mend: "GEOCODER_URL, and whether this machine may reach it"))
        }
        let photo = ["vipsthumbnail", "prlimit"].filter { machine.program($0) == nil }
        findings.append(
            photo.isEmpty
                ? .ok("photos", "vipsthumbnail prepares them")
                : .warning(
                    "photos", "\(photo.joined(separator: " and ")) missing: photos are refused",
                    mend: "sudo apt install libvips-tools util-linux"))
        do {
            try await machine.printPage()
            findings.append(.ok("PDF", "a page was printed"))
        } catch {
            findings.append(
                .warning(
                    "PDF", "no page could be printed: \(error)", mend: "sudo apt install weasyprint fonts-dejavu-core"))
        }
        return findings
    }

    private func tiles(_ pattern: String) async -> DoctorFinding {
        guard ["{z}", "{x}", "{y}"].allSatisfy({ pattern.contains($0) }) else {
            return .fault(
                "tiles", "TILES_URL lacks {z}, {x} or {y}", mend: "e.g. https://tuiles.example.org/{z}/{x}/{y}.png")
        }
        let tile = pattern.replacing("{z}", with: "6").replacing("{x}", with: "32").replacing("{y}", with: "22")
        let status = await machine.status(tile)
        return status == 200
            ? .ok("tiles", "the server of tiles answers")
            : .warning(
                "tiles", "the server of tiles answers \(Self.words(status)): maps are drawn from contours",
                mend: "TILES_URL, and whether this machine may reach it")
    }

    func antivirus() async -> DoctorFinding {
        guard let socket = settings.clamdSocket else {
            return .ok("antivirus", "none is asked for: documents are not scanned (CLAMD_SOCKET)")
        }
        do {
            try await machine.askScanner(socket)
            return .ok("antivirus", "clamd answers at \(socket)")
        } catch {
            return .fault(
                "antivirus", "\(error)",
                mend: "systemctl status clamav-daemon; sudo usermod -aG clamav \(owner()), then restart the site")
        }
    }

    /// Each person at the door takes one, and a crowd comes in the last hour.
    func descriptors() -> DoctorFinding {
        let count = machine.descriptors()
        let words = "\(count) descriptors"
        if count < 1_024 { return .fault("descriptors", words, mend: "LimitNOFILE=16384 in the unit, or ulimit -n") }
        if count < 8_192 { return .warning("descriptors", words, mend: "LimitNOFILE=16384 in the unit, or ulimit -n") }
        return .ok("descriptors", words)
    }

    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    static func words(_ status: Int?) -> String { status.map(String.init) ?? "nothing" }
}
