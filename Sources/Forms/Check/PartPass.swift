/// Checks a form that some partners answer in part: each of its two sides, and what both share.
enum PartPass {
    static func issues(of form: Form) -> [FormIssue] {
        var issues = shared(form)
        let lead = FormCheck.issues(ofOne: form.leadForm)
        issues += lead.filter { $0.place != Form.partners && !$0.place.hasPrefix(Form.partners + ".") }
        for issue in form.partForm.map(FormCheck.issues(ofOne:)) ?? [] where !issues.contains(issue) {
            issues.append(issue)
        }
        return issues
    }

    private static func shared(_ form: Form) -> [FormIssue] {
        var issues: [FormIssue] = []
        func add(_ place: String, _ kind: FormIssue.Kind, _ message: String) {
            issues.append(FormIssue(place: place, kind: kind, message: message.narrow))
        }
        var homes: [String: FormSection] = [:]
        for section in form.sections {
            if section.key == Form.partners {
                add(section.key, .reservedKey, "« partenaires » nomme ici ce que répondent les partenaires.")
            }
            for question in section.questions {
                let place = section.key + "." + question.key
                if question.key == Form.partners || question.key == Form.partnerName {
                    add(place, .reservedKey, "« \(question.key) » nomme ici ce que répondent les partenaires.")
                }
                if let other = homes[question.key], other.answeredBy != section.answeredBy {
                    add(
                        place, .duplicateKey,
                        "La clé « \(question.key) » est déjà celle de « \(other.key).\(question.key) ».")
                }
                homes[question.key] = section
            }
        }
        let sides = form.sections.map { (key: $0.key, side: $0.answeredBy) }
        for (place, section) in sides.enumerated()
        where sides[..<place].contains(where: { $0.key == section.key && $0.side != section.side }) {
            add(section.key, .duplicateKey, "Deux sections ont la clé « \(section.key) ».")
        }
        return issues
    }
}
