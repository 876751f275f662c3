import Exchange

/// Whether a text can be the form of a call.
enum CallFormDefinition {
    /// What prevents it, in French; empty when it can.
    static func problems(of definition: String) -> [String] {
        guard definition.utf8.count <= 2_000_000 else { return ["Ce dossier dépasse deux mégaoctets."] }
        do {
            let json = try JSONValue.parse(Array(definition.utf8))
            guard json.object != nil else { return ["Un dossier est un objet JSON."] }
            guard json["sections"]?.array?.isEmpty == false else { return ["Ce dossier n’a aucune section."] }
            return []
        } catch let problem as JSONProblem {
            return ["Ce dossier ne se lit pas\u{202F}: ligne \(problem.line), colonne \(problem.column)."]
        } catch {
            return ["Ce dossier ne se lit pas."]
        }
    }
}
