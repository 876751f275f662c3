import Maillage
import Markup

/// For whom: the conditions, in words, and the page that checks them.
struct CallAudienceView: View {
    var settings: CallSettings
    var slug: String

    func render(into html: inout HTML) {
        html.section { html in
            html.h2("Pour qui")
            let conditions = settings.allConditions
            if conditions.isEmpty {
                html.p("Pour toute structure et toute personne qui porte un projet de tiers-lieu.")
            } else {
                html.ul { html in
                    for condition in conditions { html.li(Format.typography(condition.sentence)) }
                }
            }
            if settings.territory.areas.isEmpty, !settings.territory.words.isEmpty {
                html.add(PlainProse(text: settings.territory.words))
            }
            if settings.deposit.isConsortium {
                html.p("Vous pouvez candidater à plusieurs\u{202F}: un chef de file dépose pour tous.")
            }
            html.p { $0.a("Vérifier si je suis concerné", .href(Paths.call(slug, .eligibility))) }
        }
    }
}

/// The calendar, as a line of time: waves and milestones in the order they come.
struct CallDates: View {
    var settings: CallSettings
    var now: Instant

    func render(into html: inout HTML) {
        let events = Self.events(settings, now)
        guard !events.isEmpty else { return }
        html.section { html in
            html.h2("Calendrier")
            if settings.calendar.isPermanent {
                html.p("Appel permanent\u{202F}: les dossiers sont étudiés par vagues.")
            }
            html.add(Timeline(events))
        }
    }

    static func events(_ settings: CallSettings, _ now: Instant) -> [Timeline.Event] {
        var dated: [(Instant?, Timeline.Event)] = []
        for wave in settings.waves {
            let name = wave.label.isEmpty ? "" : wave.label + "\u{202F}: "
            if let opening = wave.opensAt {
                dated.append(
                    (
                        opening,
                        Timeline.Event(
                            CallWords.moment(opening, wave.civilZone), datetime: Format.machine(opening),
                            title: Format.capitalized(name + "ouverture du dépôt"))
                    ))
            }
            dated.append(
                (
                    wave.closesAt,
                    Timeline.Event(
                        Format.capitalized(wave.deadlineWords), datetime: Format.machine(wave.closesAt),
                        title: Format.capitalized(name + "limite de dépôt"),
                        detail: wave.closesAt <= now ? "Passée." : nil, isKey: true)
                ))
        }
        for date in settings.calendar.milestones {
            let link = date.link.isEmpty ? nil : Link(checking: date.link)
            let detail = [date.place, link == nil ? date.link : ""].filter { !$0.isEmpty }.joined(separator: ", ")
            dated.append(
                (
                    date.startsAt,
                    Timeline.Event(
                        Format.capitalized(date.when), datetime: date.startsAt.map(Format.machine), title: date.label,
                        detail: detail.isEmpty ? nil : detail, link: link, linkText: date.link)
                ))
        }
        // A period without a day stands where the organiser put it: before the waves for what precedes them.
        let undated = dated.filter { $0.0 == nil }.map(\.1)
        let known = dated.compactMap { pair in pair.0.map { ($0, pair.1) } }.sorted { $0.0 < $1.0 }.map(\.1)
        return undated + known
    }
}

/// How projects are chosen: criteria with their weights, and who sits.
struct CallSelection: View {
    var settings: CallSettings

    func render(into html: inout HTML) {
        let total = settings.criteria.reduce(0) { $0 + $1.weight }
        guard !settings.criteria.isEmpty || !settings.committee.isEmpty else { return }
        html.section { html in
            html.h2("Comment les projets sont choisis")
            if !settings.criteria.isEmpty {
                html.add(
                    DataTable(
                        "Critères et leur poids", rows: settings.criteria, id: "criteres",
                        columns: [
                            .init("Critère") { criterion, html in
                                html.strong(criterion.label)
                                if !criterion.guide.isEmpty {
                                    html.span(Format.typography(criterion.guide), .class("help"))
                                }
                            },
                            .init("Part du total", isNumber: true) { CallWords.rate($0.share(of: total)) },
                            .init("Noté sur", isNumber: true) { "\($0.maximum)" },
                        ]))
            }
            if !settings.committee.isEmpty {
                html.h3("Le comité de sélection")
                html.ul { html in
                    for juror in settings.committee {
                        html.li(juror.role.isEmpty ? juror.body : "\(juror.body), \(juror.role)")
                    }
                }
            }
        }
    }
}

/// What is asked: the form to fill, the documents to join, where to send it.
struct CallDossier: View {
    var reading: CallReading

    func render(into html: inout HTML) {
        let settings = reading.settings
        html.section { html in
            html.h2("Ce qu’il faut préparer")
            if !reading.forms.isEmpty {
                html.p { html in
                    html.a("Le dossier type", .href(Paths.call(reading.slug, .blank)))
                    html.text(" se lit et se télécharge sans compte.")
                }
            }
            if !settings.attachments.isEmpty {
                html.h3("Pièces à joindre")
                html.ul { html in
                    for asked in settings.attachments { html.li(asked.sentence) }
                }
            }
            let deposit = settings.deposit
            var ways: [String] = []
            if deposit.isOnline { ways.append("en ligne, sur cette page") }
            if deposit.isByEmail { ways.append("par courriel, à \(settings.identity.email)") }
            if deposit.isByPost { ways.append("par courrier, à l’adresse du service") }
            if !ways.isEmpty { html.p("Dépôt\u{202F}: \(Format.list(ways, "ou")).") }
        }
    }
}

/// Questions and their public answers.
struct CallAnswers: View {
    var reading: CallReading

    func render(into html: inout HTML) {
        guard reading.call.state != .draft else { return }
        html.section(.id("questions")) { html in
            html.h2("Questions et réponses")
            if reading.questions.isEmpty {
                html.p("Pas encore de question publiée.", .class("muted"))
            }
            for question in reading.questions {
                html.details(.class("question")) { html in
                    html.summary(Format.typography(question.question))
                    html.add(PlainProse(text: question.answer))
                    if let at = question.answeredAt {
                        html.p("Réponse du \(Format.day(at)).", .class("muted"))
                    }
                }
            }
            if reading.phase == .open || reading.phase == .coming {
                html.p { $0.a("Poser une question", .href(Paths.call(reading.slug, .questions)), .class("button")) }
            }
        }
    }
}

/// What changed since the publication, and the documents with their versions.
struct CallHistory: View {
    var reading: CallReading

    func render(into html: inout HTML) {
        guard let rules = reading.rules else { return }
        html.section(.id("avenants")) { html in
            html.h2("Règlement et modifications")
            html.p { html in
                html.a("Règlement, version \(rules.version)", .href(Paths.call(reading.slug, .rules)))
                html.text(", publié le \(Format.moment(rules.publishedAt)).")
            }
            guard !reading.amendments.isEmpty else {
                html.p("Rien n’a changé depuis la publication.", .class("muted"))
                return
            }
            html.ol(.class("plain amendments")) { html in
                for amendment in reading.amendments { html.li { $0.add(AmendmentView(amendment: amendment)) } }
            }
        }
    }
}

/// One amendment: when, why, what.
struct AmendmentView: View {
    var amendment: CallAmendment

    func render(into html: inout HTML) {
        html.p { html in
            html.strong { $0.time("Le " + Format.moment(amendment.at), .datetime(Format.machine(amendment.at))) }
            html.text(" – version \(amendment.rulesVersion) du règlement. \(Format.typography(amendment.reason))")
        }
        html.ul { html in
            for change in amendment.changes {
                html.li { html in
                    html.strong(change.what)
                    if !change.from.isEmpty { html.p { $0.del(change.from) } }
                    html.p { html in
                        if change.to.isEmpty { html.text("Supprimé.") } else { html.ins(change.to) }
                    }
                }
            }
        }
    }
}
