import Maillage

/// The data directory, what must stay secret in it, and the volume it is on.
extension Checkup {
    func directory() -> [DoctorFinding] {
        let subject = "data directory"
        guard let state = machine.file(data) else {
            let parent = data.split(separator: "/").dropLast().joined(separator: "/")
            let folder = data.hasPrefix("/") ? "/" + parent : parent.isEmpty ? "." : parent
            guard machine.mayWrite(folder) else {
                return [
                    .fault(
                        subject, "\(data) is not there, and \(machine.userName(machine.user)) may not make it",
                        mend: "sudo install -d -m 700 -o maillage -g maillage \(data)")
                ]
            }
            return [.warning(subject, "\(data) is not there yet", mend: "the first start makes it")]
        }
        guard state.isFolder else {
            return [.fault(subject, "\(data) is not a folder", mend: "name another with --data")]
        }
        var findings: [DoctorFinding] = []
        if state.owner != machine.user {
            findings.append(
                .fault(
                    subject,
                    "\(data) belongs to \(machine.userName(state.owner)), and this runs as \(machine.userName(machine.user))",
                    mend: "sudo -u \(machine.userName(state.owner)) maillage doctor --data \(data)"))
        } else if !machine.mayWrite(data) {
            findings.append(
                .fault(subject, "\(data) cannot be written", mend: "is its volume read-only? see: mount; dmesg"))
        }
        if state.mode & 0o077 != 0 {
            findings.append(
                .fault(
                    subject, "\(data) is open to other users (\(Self.octal(state.mode)))",
                    mend: "sudo chmod 700 \(data)"))
        }
        return findings.isEmpty ? [.ok(subject, "\(data), of \(machine.userName(state.owner)) alone")] : findings
    }

    /// What nobody else may read.
    func keys() -> [DoctorFinding] {
        let subject = "keys"
        guard machine.file(data) != nil else { return [] }
        var paths = ["/forms.key", "/maillage.toml", "/maillage.sqlite"].map { data + $0 }
        let folder = data + "/keys"
        if machine.file(folder) != nil {
            guard let names = machine.names(folder) else {
                return [.fault(subject, "\(folder) cannot be read", mend: "sudo chown -R \(owner()): \(folder)")]
            }
            paths += names.filter { $0.hasSuffix(".key") }.sorted().map { folder + "/" + $0 }
        }
        let findings = paths.compactMap { path -> DoctorFinding? in
            guard let state = machine.file(path) else { return nil }
            // The settings may be read by the group of the service, as Debian has it.
            let spared: UInt32 = path.hasSuffix(".toml") ? 0o037 : 0o077
            if state.mode & spared != 0 {
                return .fault(
                    subject, "\(path) may be read by others (\(Self.octal(state.mode)))",
                    mend: "sudo chmod 600 \(path); if this machine has other users, count what it holds as known")
            }
            guard state.owner != machine.user, machine.file(data)?.owner == machine.user else { return nil }
            return .fault(
                subject, "\(path) belongs to \(machine.userName(state.owner))",
                mend: "sudo chown \(machine.userName(machine.user)): \(path)")
        }
        return findings.isEmpty ? [.ok(subject, "read by their owner alone")] : findings
    }

    func volume() -> [DoctorFinding] {
        guard machine.file(data) != nil else { return [] }
        guard let volume = machine.volume(data) else {
            return [.warning("disk", "the volume of \(data) says nothing of itself", mend: "df \(data)")]
        }
        var findings: [DoctorFinding] = []
        if volume.isReadOnly {
            findings.append(
                .fault(
                    "disk", "the volume of \(data) is read-only",
                    mend: "a damaged disk is mounted so: dmesg; then sudo mount -o remount,rw"))
        }
        findings.append(room(volume))
        findings.append(nodes(volume))
        findings.append(kind(volume))
        return findings
    }

    private func room(_ volume: Machine.Volume) -> DoctorFinding {
        let words = "\(ByteCount.text(volume.free)) free of \(ByteCount.text(volume.total))"
        let mend = "make room on the volume of \(data), or move the data to a larger one"
        if volume.free < 200_000_000 { return .fault("disk", words, mend: mend) }
        if volume.free < 2_000_000_000 || volume.free < volume.total / 20 { return .warning("disk", words, mend: mend) }
        return .ok("disk", words)
    }

    private func nodes(_ volume: Machine.Volume) -> DoctorFinding {
        guard volume.totalNodes > 0 else { return .ok("inodes", "this volume has no limit of them") }
        let words = "\(volume.freeNodes) of \(volume.totalNodes) files can still be made"
        let mend = "find which folder holds so many: du --inodes -x / | sort -n | tail"
        if volume.freeNodes < 1_000 { return .fault("inodes", words, mend: mend) }
        if volume.freeNodes < volume.totalNodes / 20 { return .warning("inodes", words, mend: mend) }
        return .ok("inodes", words)
    }

    private func kind(_ volume: Machine.Volume) -> DoctorFinding {
        let mend = "move the data to a disk of this machine (ext4, xfs, btrfs, zfs)"
        switch volume.kind {
        case "tmpfs", "ramfs":
            return .fault("file system", "\(volume.kind): it forgets everything with the power", mend: mend)
        case "nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs", "ceph", "glusterfs":
            guard settings.databaseURL == nil else { return .ok("file system", volume.kind) }
            return .fault(
                "file system", "\(volume.kind): SQLite's log and locks do not hold over a network", mend: mend)
        case "overlay":
            return .warning("file system", "overlay: it goes away with the container", mend: "mount a volume there")
        default: return .ok("file system", volume.kind)
        }
    }

    /// A disk that says « written » before it is loses deposits at a power cut. One that answers sooner than any disk can is one.
    func syncs() async -> DoctorFinding {
        let subject = "sync"
        guard let state = machine.file(data), state.isFolder, machine.mayWrite(data) else {
            return .warning(subject, "not tried: \(data) cannot be written", mend: "mend the data directory first")
        }
        do {
            let times = try await machine.syncs(data).sorted()
            guard !times.isEmpty else {
                return .warning(subject, "not tried", mend: "run the doctor again")
            }
            let middle = times[times.count / 2]
            let text = middle < 1_000 ? "\(Int(middle)) µs" : "\(Int(middle / 1_000)) ms"
            if middle < Self.quickestSync {
                return .fault(
                    subject, "a write is said to be on the disk after \(text): no disk is so quick",
                    mend: "is it memory, eatmydata, or a virtual disk whose host ignores flushes (cache=unsafe)?")
            }
            if middle > 100_000 {
                return .warning(
                    subject, "a write takes \(text) to reach the disk: every deposit waits for it",
                    mend: "use a disk that is not shared, an SSD")
            }
            return .ok(subject, "a write reaches the disk in \(text)")
        } catch {
            return .fault(
                subject, "a write could not be synced: \(error)", mend: "look at the disk: dmesg; smartctl -a")
        }
    }

    /// Microseconds. A file that grows is two writes to the device; the quickest with a battery of its own take about thirty.
    static let quickestSync = 15.0
}
