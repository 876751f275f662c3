/// Names somebody to the jury of a call, by their address. They sit once they accept; the answer never says whether the address
/// has an account (JURY-3).
public struct InviteJuror: Act {
    public static let right = "L’équipe de l’appel et la coordination, sauf qui candidate à cet appel."

    public let call: Call.ID
    /// The wave that its jury judges; nil for the last jury of the call.
    public let wave: CallWave.ID?
    public let email: String
    public let role: JuryMember.Role
    public let body: String
    public let head: LetterHead

    public init(
        call: Call.ID, wave: CallWave.ID? = nil, email: String, role: JuryMember.Role, body: String = "",
        head: LetterHead
    ) {
        self.call = call
        self.wave = wave
        self.email = email
        self.role = role
        self.body = body
        self.head = head
    }

    public func authorize(_ proceeding: Proceeding) throws {
        try JuryEditing(proceeding: proceeding).kept(call, wave)
    }

    public func perform(_ proceeding: Proceeding) throws -> JuryMember.ID {
        let (editing, writer) = (JuryEditing(proceeding: proceeding), proceeding.writer)
        let access = try editing.kept(call, wave)
        _ = try editing.jury(access, in: [.preparing, .reading])
        let address = try EmailAddress(email, field: "courriel")
        var problems = Problems()
        let clean = CallText.line(body, "organisme", limit: 200, &problems)
        let known = try JuryMemberStore.members(of: access.id, writer).filter { $0.leftAt == nil }
        if known.contains(where: { $0.account != nil && $0.email == address.text }) {
            problems.add("courriel", "Cette personne siège déjà.")
        }
        let waiting = known.filter { $0.account == nil && $0.email == address.text }
        if role == .chair, known.contains(where: { $0.role == .chair && !waiting.contains($0) }) {
            problems.add("role", "Le jury a déjà une présidence\u{202F}: retirez-la d’abord.")
        }
        if known.count >= JuryMember.most {
            problems.add("courriel", "Un jury compte au plus \(JuryMember.most) personnes.")
        }
        try problems.throwIfAny()
        let member = try editing.invite(address, role, body: clean, replacing: waiting, to: access, head)
        editing.note(access)
        proceeding.note("role", role.rawValue)
        return member
    }
}
