import Maillage

/// Limits are instants: a clock that is wrong refuses deposits that came in time, or takes those that came late.
extension Checkup {
    func clock() async -> [DoctorFinding] {
        let subject = "clock"
        let follow = "sudo apt install systemd-timesyncd && sudo timedatectl set-ntp true"
        var findings: [DoctorFinding] = []
        let now = machine.now()
        if now < Self.written {
            findings.append(
                .fault(subject, "it says \(now.iso), before this program was written", mend: follow))
        }
        // What was written last was written in the past, or the clock went back since.
        let traces = ["maillage.sqlite", "maillage.sqlite-wal", "keys"].compactMap { machine.file(data + "/" + $0) }
        if let last = traces.map(\.modified).max(), last > now + .minutes(1) {
            findings.append(
                .fault(
                    subject, "it says \(now.iso), and the data were written at \(last.iso)",
                    mend: follow + "; then restart the site"))
        }
        switch await machine.isClockFollowed() {
        case true?: break
        case false?:
            findings.append(.fault(subject, "it follows no other clock, and drifts", mend: follow))
        case nil:
            findings.append(
                .warning(
                    subject, "nothing here can tell whether it follows others",
                    mend: "timedatectl, or on the machine that runs this container"))
        }
        let skip = machine.clockSkip()
        if abs(skip) > 0.2 {
            findings.append(
                .warning(
                    subject, "it jumped by \(Int(skip * 1_000)) ms while the doctor was here",
                    mend: "let one program set it, in small steps: systemd-timesyncd or chrony, not both"))
        }
        if findings.isEmpty { findings.append(.ok(subject, "it follows others: \(now.iso)")) }
        findings.append(zone())
        return findings
    }

    private func zone() -> DoctorFinding {
        machine.file("/usr/share/zoneinfo/Europe/Paris") == nil
            ? .fault("time zone", "Europe/Paris is not known here", mend: "sudo apt install tzdata")
            : .ok("time zone", "Europe/Paris is known")
    }

    /// When this was written: no clock that is right says less.
    private static let written = Instant(seconds: 1_763_000_000)
}
