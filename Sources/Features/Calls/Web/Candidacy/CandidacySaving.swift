import Exchange
import Forms
import HTTPTypes
import Maillage

/// What `saving.js` asks of a section, and is answered as data: the same act as the form's, and the same refusals.
///
/// `state` is `saved` (200), `current` (200, to a read), `conflict` (409: both texts), `stale` (409: send again), `refused`
/// (422: why). A session that ended is 401, a token too old 412, both from the doors.
enum CandidacySaving {
    static func save(_ visit: Visit, _ side: DossierSide, _ section: FormSection) async throws -> Answer {
        let form = visit.form
        let version = form.int("version") ?? 0
        var versions: [String: Int] = [:]
        for field in form.all where field.name.hasPrefix("version.") {
            versions[String(field.name.dropFirst("version.".count))] = Int(field.value) ?? 0
        }
        do {
            let outcome = try await perform(visit, side, section, at: version, versions)
            let fresh = try await DossierSide.find(visit)
            let company = try await CandidacyCompany.read(visit, fresh)
            let changed = Set(outcome.changed)
            let news = company.edits.filter { key, edit in
                edit.version > version && !(changed.contains(key) && edit.version <= outcome.version)
            }
            let missing = fresh.missing
            var json = begin("saved", visit, fresh)
            json.member("clock", Format.clock(visit.now))
            json.member("missing", missing)
            json.member("words", outcome.words ?? (missing == 0 ? fresh.completeWords : ""))
            write(outcome.refused.map { ($0.question, $0.message) }, "refused", &json)
            write(problems(sentIn: form, fresh, section), "problems", &json)
            write(Array(news.keys), "others", fresh, section, company, &json)
            return end(&json, .ok)
        } catch let conflict as CandidacyConflict {
            let fresh = try await DossierSide.find(visit)
            let company = try await CandidacyCompany.read(visit, fresh)
            var json = begin("conflict", visit, fresh)
            write(conflict.clashes.map(\.key), "clashes", fresh, section, company, &json)
            return end(&json, .conflict)
        } catch is Conflict {
            var json = begin("stale", visit, side)
            return end(&json, .conflict)
        } catch let problems as Problems {
            var json = begin("refused", visit, side)
            json.member("message", problems.list.map { Format.typography($0.message) }.joined(separator: " "))
            return end(&json, .unprocessableContent)
        }
    }

    /// What others changed since a version, and a fresh token for the reader.
    static func news(_ visit: Visit, _ side: DossierSide, _ section: FormSection) async throws -> Answer {
        let since = visit.query.int("depuis") ?? side.version
        let company = try await CandidacyCompany.read(visit, side)
        var json = begin("current", visit, side)
        json.member("token", visit.token(for: side.section(section.key)).value)
        write(company.edits.filter { $0.value.version > since }.map(\.key), "others", side, section, company, &json)
        return end(&json, .ok)
    }

    /// The act of the side, as its form performs it.
    private static func perform(
        _ visit: Visit, _ side: DossierSide, _ section: FormSection, at version: Int, _ versions: [String: Int]
    ) async throws -> (version: Int, changed: [String], refused: [AnswerProblem], words: String?) {
        let fields = CandidacySectionPages.fields(of: visit.form)
        if let part = side.part {
            let saved = try await visit.perform(
                SavePart(
                    candidacy: side.id, partner: part.partner.id, version: version, section: section.key,
                    fields: fields, shelf: visit.reception.forms, versions: versions))
            return (
                saved.partner.version, saved.changed, saved.refused,
                saved.endsCommitment ? "votre part a changé, engagez à nouveau votre structure." : nil
            )
        }
        let saved = try await visit.perform(
            SaveCandidacy(
                candidacy: side.id, version: version, section: section.key, fields: fields,
                shelf: visit.reception.forms, versions: versions))
        return (saved.candidacy.version, saved.changed, saved.refused, nil)
    }

    private static func begin(_ state: String, _ visit: Visit, _ side: DossierSide) -> JSONWriter {
        var json = JSONWriter()
        json.beginObject()
        json.member("state", state)
        json.member("account", visit.principal.account?.text)
        json.member("version", side.version)
        return json
    }

    private static func end(_ json: inout JSONWriter, _ status: HTTPResponse.Status) -> Answer {
        json.endObject()
        return .json(json.bytes, status: status).with(.cacheControl, "no-store")
    }

    /// What is to be said of the questions that were sent: nothing when all is well. What is not answered yet is no reproach.
    private static func problems(
        sentIn form: Fields, _ side: DossierSide, _ section: FormSection
    ) -> [(String, String)] {
        let sent = Set(form.all.map { String($0.name.prefix { $0 != "." }) })
        let state = side.state
        return section.questions.filter { sent.contains($0.key) }.map { question in
            let problem = state.problems(of: question.key).first { $0.kind != .missing && $0.row == nil }
            return (question.key, problem?.message ?? "")
        }
    }

    private static func write(_ messages: [(String, String)], _ name: String, _ json: inout JSONWriter) {
        json.name(name)
        json.beginArray()
        for (key, message) in messages {
            json.beginObject()
            json.member("key", key)
            json.member("message", Format.typography(message))
            json.endObject()
        }
        json.endArray()
    }

    /// Questions of the section as they stand, with who wrote them.
    private static func write(
        _ keys: [String], _ name: String, _ side: DossierSide, _ section: FormSection,
        _ company: CandidacyCompany, _ json: inout JSONWriter
    ) {
        json.name(name)
        json.beginArray()
        for question in section.questions where keys.contains(question.key) {
            let value = side.answers[question.key]
            json.beginObject()
            json.member("key", question.key)
            json.member("label", Format.typography(question.label))
            json.member("text", AnswerText.text(of: question, value) ?? "")
            if let edit = company.edits[question.key] {
                json.member("words", company.words(of: edit, side.whole.now))
                json.member("by", company.name(of: edit.account))
            }
            json.name("fields")
            json.beginArray()
            for field in FormFields.fields(of: question, value) {
                json.beginArray()
                json.string(field.name)
                json.string(field.value)
                json.endArray()
            }
            json.endArray()
            json.endObject()
        }
        json.endArray()
    }
}
