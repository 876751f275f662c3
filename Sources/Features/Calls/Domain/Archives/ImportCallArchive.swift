import Storage

/// Writes a call that was read back from its archive, all of it or nothing (CALL-17). Its files are in the vault already.
public struct ImportCallArchive: Act {
    public static let right = "Le programme lui-même, à la demande de la personne qui tient la machine."

    let manifest: CallArchiveManifest
    let digest: FileDigest
    /// The numbers of the dossiers that were found whole.
    let taken: Set<Int>
    let hasOwnKeys: Bool

    /// - Parameter report: of this archive, read whole with the vault.
    public init(_ archive: CallArchiveFile, _ report: CallArchiveReport) {
        manifest = archive.manifest
        digest = archive.digest
        taken = Set(report.lines.filter { $0.outcome == .sound }.map(\.number))
        hasOwnKeys = report.hasOwnKeys
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard proceeding.principal.isHouse else { throw Missing() }
    }

    public func perform(_ proceeding: Proceeding) throws -> ArchivedCall.ID {
        let writer = proceeding.writer
        if let problem = try Self.refusal(manifest, writer) { throw problem }
        guard !taken.isEmpty || manifest.dossiers.isEmpty, let origin = Call.ID(text: manifest.call) else {
            throw CallArchiveProblem("none of its dossiers can be taken")
        }
        let call = ArchivedCall(
            id: proceeding.newIdentifier(), origin: origin, slug: manifest.slug, title: manifest.title,
            organiser: manifest.organiser, network: manifest.network, address: manifest.address,
            madeAt: manifest.madeAt, digest: digest, hasOwnKeys: hasOwnKeys,
            refused: manifest.dossiers.count - taken.count, importedAt: proceeding.now)
        try ArchivedCallStore.insert(call, writer)
        var place = 0
        func write(_ file: CallArchiveManifest.File, of dossier: Int?) throws {
            guard file.kind != .page else { return }
            place += 1
            try ArchivedCallStore.insert(
                ArchivedCall.File(
                    call: call.id, place: place, dossier: dossier, kind: file.kind, path: file.path, name: file.name,
                    question: file.question, size: file.size, digest: file.digest, isAddition: file.isAddition,
                    absence: ""), at: proceeding.now, writer)
        }
        for file in manifest.files { try write(file, of: nil) }
        for dossier in manifest.dossiers where taken.contains(dossier.number) {
            try ArchivedCallStore.insert(
                ArchivedCall.Dossier(
                    call: call.id, number: dossier.number, candidacy: dossier.candidacy, name: dossier.name,
                    structure: dossier.structure, depositor: dossier.depositor, channel: dossier.channel,
                    arrival: dossier.arrival, closesAt: dossier.closesAt, state: dossier.state,
                    stateLabel: dossier.stateLabel), writer)
            for file in dossier.files { try write(file, of: dossier.number) }
            for each in dossier.absent {
                place += 1
                try ArchivedCallStore.insert(
                    ArchivedCall.File(
                        call: call.id, place: place, dossier: dossier.number, kind: .document, path: "",
                        name: each.name, question: each.question, size: each.size, digest: each.digest,
                        isAddition: each.isAddition, absence: each.reason), at: proceeding.now, writer)
            }
        }
        proceeding.about(call.id)
        proceeding.note("origin", manifest.address)
        proceeding.note("call", manifest.call)
        proceeding.note("sha256", digest.text)
        proceeding.note("dossiers", String(taken.count))
        proceeding.note("refused", String(call.refused))
        return call.id
    }

    /// Why this archive is not wanted here: the call itself is here, or an archive of it; nil when it is unknown.
    public static func refusal(_ manifest: CallArchiveManifest, _ reader: Reader) throws -> CallArchiveProblem? {
        guard let origin = Call.ID(text: manifest.call) else {
            return CallArchiveProblem("the call has no identifier")
        }
        if let own = try CallStore.call(.house, origin, reader), own.slug == manifest.slug {
            return CallArchiveProblem("the call \(manifest.slug) is here already, with its dossiers: nothing to import")
        }
        if let known = try ArchivedCallStore.call(origin: origin, address: manifest.address, reader) {
            return CallArchiveProblem(
                "the call \(manifest.slug) of \(manifest.address) was imported already, on "
                    + "\(known.importedAt.iso.prefix(10)): remove that one first")
        }
        return nil
    }
}
