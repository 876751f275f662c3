/// Who may do what to a candidacy. Pure: acts, reads, buttons and tests ask the same functions.
///
/// `member` is the principal's own membership now, nil without one. A right over a call gives none over a draft: those who keep
/// the call know of what was deposited and of nothing else (CAND-2).
public enum CandidacyRights {
    /// Whoever is signed in prepares candidacies of their own.
    public static func mayStart(_ principal: Principal) -> Bool { principal.isSignedIn }

    /// Deposit, withdraw, invite, describe: the lead alone.
    public static func leads(_ principal: Principal, _ candidacy: Candidacy) -> Bool {
        leads(principal, holder: candidacy.holder)
    }

    static func leads(_ principal: Principal, holder: Account.ID?) -> Bool {
        guard let account = principal.account else { return false }
        return holder == account
    }

    /// Read the draft, its history and its receipts.
    public static func mayRead(_ principal: Principal, _ candidacy: Candidacy, member: CandidacyMember?) -> Bool {
        leads(principal, candidacy) || takesPart(principal, candidacy, member)
    }

    /// CAND-3: change the answers of a section.
    public static func mayWrite(
        _ principal: Principal, _ candidacy: Candidacy, member: CandidacyMember?, section: String
    ) -> Bool {
        leads(principal, candidacy)
            || (takesPart(principal, candidacy, member) && member?.mayWrite(section: section) == true)
    }

    /// CAND-20: read and say what is said beside the questions: the lead and those who write; of a partner's part, the lead and the
    /// people of that partner.
    public static func mayRemark(
        _ principal: Principal, _ candidacy: Candidacy, member: CandidacyMember?, in partner: CandidacyPartner? = nil
    ) -> Bool {
        if leads(principal, candidacy) { return true }
        guard let member, takesPart(principal, candidacy, member) else { return false }
        guard let partner else { return member.role == .writer }
        return member.role == .partner && member.partner == partner.id
    }

    /// CAND-21: say who is to write a question: the lead; of a partner's part, who commits that partner.
    public static func mayAssign(
        _ principal: Principal, _ candidacy: Candidacy, member: CandidacyMember?, in partner: CandidacyPartner? = nil
    ) -> Bool {
        guard let partner else { return leads(principal, candidacy) }
        return commits(principal, candidacy, member: member, partner)
    }

    /// CAND-17: commit a partner, invite others to its part.
    public static func commits(
        _ principal: Principal, _ candidacy: Candidacy, member: CandidacyMember?, _ partner: CandidacyPartner
    ) -> Bool {
        takesPart(principal, candidacy, member) && member?.partner == partner.id && member?.commits == true
    }

    /// See that something was deposited, when and by whom: those who keep the call.
    public static func mayList(_ principal: Principal, isTeam: Bool) -> Bool {
        CallRights.mayEdit(principal, isTeam: isTeam)
    }

    /// CAND-12: read what was deposited, once the limit it was deposited for has passed.
    public static func mayOpen(_ principal: Principal, isTeam: Bool, closesAt: Instant, at now: Instant) -> Bool {
        mayList(principal, isTeam: isTeam) && now >= closesAt
    }

    /// Decide of a late one, record one received otherwise: a person of the call.
    public static func mayDecide(_ principal: Principal, isTeam: Bool) -> Bool {
        principal.account != nil && CallRights.mayEdit(principal, isTeam: isTeam)
    }

    private static func takesPart(
        _ principal: Principal, _ candidacy: Candidacy, _ member: CandidacyMember?
    ) -> Bool {
        guard let member, let account = principal.account else { return false }
        return member.candidacy == candidacy.id && member.account == account && member.isPresent
    }
}
