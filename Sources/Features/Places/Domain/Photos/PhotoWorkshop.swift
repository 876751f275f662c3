import Exchange
import Storage

/// Makes of a picture that somebody sent the files that the site shows: turned upright, in three widths, without a word of what
/// the camera wrote in it. The picture itself is not kept.
///
/// The work is done by `vipsthumbnail`, outside the server's process and under limits (`docs/decisions/012-photos-and-files.md`).
public struct PhotoWorkshop: Sendable {
    public let vault: FileVault
    /// What runs programs; nil where none may be.
    public var programs: (any OutsidePrograms)?
    private let turnstile = Turnstile(width: 2, queue: 16)

    /// In pixels. A picture is never enlarged.
    static let widths = [320, 640, widest]
    private static let widest = 1_280
    /// Bytes of a picture (PHO-2).
    public static let longestFile = 10_000_000
    /// Pixels of a picture, before it is decoded (PHO-2).
    public static let mostPixels = 40_000_000
    /// The longest side that WebP holds.
    static let longestSide = 16_383
    /// Bytes of one file that is made.
    private static let longestResult = 8 << 20
    /// The Debian package of the program, for the operator's log.
    public static let package = "libvips-tools"

    public init(vault: FileVault, programs: (any OutsidePrograms)? = nil) {
        self.vault = vault
        self.programs = programs
    }

    /// Whether this machine can take photos in.
    public var isOpen: Bool { programs.map { $0.has("vipsthumbnail") && $0.has("prlimit") } ?? false }

    /// A picture while it arrives: its size is known, and refused, before anything decodes it.
    public struct Incoming: Sendable {
        let folder: WorkFolder
        let file: IncomingFile
        var reader = ImageHeaderReader()

        /// Writes the next bytes. Throws `Problems` under `photo`, or `FileTooLong`.
        public mutating func write(_ bytes: [UInt8]) async throws {
            try PhotoWorkshop.naming { () throws(ImageProblem) in try reader.feed(bytes) }
            try await file.write(bytes)
        }

        /// Removes all that is left of it. To be called in every case.
        public func clear() async {
            await file.discard()
            await folder.remove()
        }
    }

    /// Begins to receive a picture.
    public func receive() async throws -> Incoming {
        let folder = try await vault.workFolder()
        do {
            return Incoming(folder: folder, file: try await folder.receive("envoi", limit: Self.longestFile))
        } catch {
            await folder.remove()
            throw error
        }
    }

    /// Makes the files of a picture received whole, and keeps them in the vault.
    ///
    /// Throws `Problems` under `photo` when it cannot be taken, `Throttled` when too many wait.
    public func prepare(_ incoming: Incoming) async throws -> [PlacePhoto.Size] {
        let header = try Self.naming { () throws(ImageProblem) in try incoming.reader.finish() }
        try Self.check(header)
        guard let programs else { throw Self.closed }
        return try await turnstile.pass {
            var sizes: [PlacePhoto.Size] = []
            // The widest first: it tells how wide the picture is once upright, and the others are made of it.
            for width in Self.widths.reversed() where sizes.last.map({ $0.width > width }) ?? true {
                let source = sizes.isEmpty ? "envoi" : "\(Self.widest).webp"
                sizes.append(try await make(width, of: source, in: incoming.folder, programs))
            }
            return sizes.reversed()
        }
    }

    /// The same for a drawing (SVG) that the program made itself, never for what people send: it is read by a decoder that they
    /// may not reach.
    public func prepare(drawing: String) async throws -> [PlacePhoto.Size] {
        guard let programs else { throw Self.closed }
        let folder = try await vault.workFolder()
        do {
            let file = try await folder.receive("envoi", limit: Self.longestFile)
            try await file.write(Array(drawing.utf8))
            let sizes = try await turnstile.pass {
                var sizes: [PlacePhoto.Size] = []
                for width in Self.widths { sizes.append(try await make(width, in: folder, programs, isOurs: true)) }
                return sizes
            }
            await file.discard()
            await folder.remove()
            return sizes
        } catch {
            await folder.remove()
            throw error
        }
    }

    static let closed = Problems("photo", "Cette installation ne peut pas recevoir de photos pour le moment.")

    static func check(_ header: ImageHeader) throws {
        guard header.pixels <= mostPixels else {
            throw Problems(
                "photo",
                "Cette image fait \(header.pixels / 1_000_000)\u{A0}millions de pixels, plus que les "
                    + "\(mostPixels / 1_000_000) permis\u{202F}: enregistrez-la en plus petit.")
        }
        guard max(header.width, header.height) <= longestSide else {
            throw Problems("photo", "Cette image est trop longue pour être montrée ici\u{202F}: recadrez-la.")
        }
    }

    private func make(
        _ width: Int, of source: String = "envoi", in folder: WorkFolder, _ programs: any OutsidePrograms,
        isOurs: Bool = false
    ) async throws -> PlacePhoto.Size {
        let name = "\(width).webp"
        var program = OutsideProgram(
            "vipsthumbnail",
            [source, "--size", "\(width)x>", "--export-profile", "srgb", "-o", "\(name)[Q=80,strip]"], in: folder.path)
        program.environment = Self.environment
        if isOurs { program.environment["VIPS_BLOCK_UNTRUSTED"] = nil }
        do {
            try await programs.run(program.limited)
        } catch let failure as OutsideProgramFailed {
            throw PhotoUnreadable(reason: failure.description)
        }
        do {
            let made = try await vault.content(ofFileAt: folder.path + "/" + name, limit: Self.longestResult)
            // The program leaves words in the file, even asked not to (libvips 8.14): they are cut out here.
            let picture = try WebPPicture.bare(made)
            var reader = ImageHeaderReader()
            try reader.feed(picture)
            let header = try reader.finish()
            var pieces = [picture][...]
            let kept = try await vault.keep(limit: Self.longestResult) { pieces.popFirst() }
            return PlacePhoto.Size(width: header.width, height: header.height, file: kept.digest, bytes: kept.size)
        } catch let problem as ImageProblem {
            throw PhotoUnreadable(reason: "\(name): \(problem)")
        }
    }

    /// One thread, no decoder of rare formats, temporary files in the work folder, where the program runs.
    static let environment = [
        "VIPS_CONCURRENCY": "1", "VIPS_BLOCK_UNTRUSTED": "1", "MALLOC_ARENA_MAX": "2", "LC_ALL": "C",
        "HOME": ".", "TMPDIR": ".",
    ]

    /// Says a reader's refusal in French.
    private static func naming<T>(_ body: () throws(ImageProblem) -> T) throws -> T {
        do {
            return try body()
        } catch {
            throw Problems(
                "photo",
                error == .unknownKind
                    ? "Ce fichier n’est ni un JPEG, ni un PNG, ni un WebP\u{202F}: enregistrez la photo dans un de ces formats."
                    : "Cette image est abîmée ou incomplète\u{202F}: ouvrez-la et enregistrez-la à nouveau.")
        }
    }
}

/// The program that reads pictures could make nothing of one. `reason` is for the log.
public struct PhotoUnreadable: Error, Sendable, Equatable {
    public let reason: String

    /// What is said to the one who sent it.
    public var problems: Problems {
        Problems(
            "photo",
            "Cette image n’a pas pu être lue\u{202F}: ouvrez-la et enregistrez-la à nouveau, en JPEG par exemple.")
    }
}
