import Maillage

/// Looks at a machine that runs Maillage, or will. It writes nothing but a file of a few kilobytes that it removes, and opens no
/// database that a site has open: it may run while the site serves.
struct Checkup: Sendable {
    let settings: Settings
    let machine: Machine
    /// Where a test letter goes; nil sends none.
    var letterTo: String?

    /// Every finding, in the order a person mends them.
    func findings() async -> [DoctorFinding] {
        var findings = directory() + keys() + volume()
        findings.append(await syncs())
        findings += await clock()
        findings += await database()
        findings += await mail()
        findings += secondVolume() + backups()
        findings += await pages()
        findings.append(await antivirus())
        findings.append(descriptors())
        findings += certificate()
        findings += await addresses()
        return findings
    }

    var data: String { settings.dataDirectory }

    /// `sudo -u maillage`, or nothing for whoever runs the program under their own name.
    func owner() -> String { machine.file(data).map { machine.userName($0.owner) } ?? machine.userName(machine.user) }

    /// Permissions as `chmod` writes them.
    static func octal(_ mode: UInt32) -> String {
        let digits = String(mode & 0o777, radix: 8)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
