/// Records what was found of the items of the list for a dossier; those that are not given stay as they were (INST-12).
public struct CheckDossier: Act {
    public static let right = AssignDossier.right

    public struct Finding: Sendable {
        public let code: String
        public let result: CheckLine.Result
        public let remark: String

        public init(_ code: String, _ result: CheckLine.Result, remark: String = "") {
            self.code = code
            self.result = result
            self.remark = remark
        }
    }

    public let candidacy: Candidacy.ID
    public let findings: [Finding]

    public init(candidacy: Candidacy.ID, findings: [Finding]) {
        self.candidacy = candidacy
        self.findings = findings
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try InstructionEditing(proceeding: proceeding).found(candidacy)
    }

    public func perform(_ proceeding: Proceeding) throws {
        let found = try InstructionEditing(proceeding: proceeding).found(candidacy)
        guard found.instruction.state.isOpen else {
            throw Problems("", InstructionEditing.refusal(of: .findAdmissible, in: found.instruction.state))
        }
        let items = try ChecklistStore.items(of: found.call, proceeding.writer)
        let former = try ChecklistStore.lines(of: candidacy, proceeding.writer)
        var problems = Problems()
        var changed = 0
        for finding in findings {
            guard let item = items.first(where: { $0.code == finding.code }) else { throw Missing() }
            let remark = CallText.line(finding.remark, "remarque." + finding.code, limit: 1_000, &problems)
            if former[item.code]?.result == finding.result, former[item.code]?.remark == remark { continue }
            try ChecklistStore.put(
                CheckLine(
                    code: item.code, label: item.label, result: finding.result, remark: remark, at: proceeding.now,
                    account: proceeding.principal.account), of: candidacy, proceeding.writer)
            changed += 1
        }
        try problems.throwIfAny()
        if changed > 0 { try InstructionEventStore.add(.checked, to: candidacy, proceeding) }
        proceeding.concerns(candidacy)
        proceeding.note("items", String(changed))
    }
}
