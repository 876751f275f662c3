import Maillage
import Markup

/// Where a call stands, in a word with its colour.
struct PhaseBadge: View {
    var phase: Call.Phase

    func render(into html: inout HTML) {
        let tone: Badge.Tone =
            switch phase {
            case .open: .good
            case .coming: .info
            case .draft: .warn
            case .cancelled: .bad
            case .closed: .neutral
            }
        html.add(Badge(phase.label, tone))
    }
}

/// Until when, in the one wording that cannot be misread, with the time that is left.
struct DeadlineLine: View {
    var call: Call
    var now: Instant

    func render(into html: inout HTML) {
        switch call.phase(at: now) {
        case .cancelled:
            html.p { $0.strong("Cet appel est annulé.") }
        case .draft, .open, .coming, .closed:
            guard let wave = call.currentWave(at: now) else {
                html.p("La date limite n’est pas encore fixée.")
                return
            }
            render(wave, into: &html)
        }
    }

    private func render(_ wave: CallWave, into html: inout HTML) {
        let phase = call.phase(at: now)
        let name = wave.label.isEmpty ? "Dépôt des dossiers" : wave.label
        html.p { html in
            html.text(phase == .closed ? "\(name) clos\u{202F}: c’était " : "\(name)\u{202F}: ")
            if phase == .coming, let opening = wave.opensAt {
                html.text("à partir du \(CallWords.moment(opening, wave.civilZone)), ")
            }
            html.time(.datetime(Format.machine(wave.closesAt))) { $0.strong(wave.deadlineWords) }
            html.text(".")
        }
        if phase == .open { html.p(Format.capitalized(wave.timeLeft(at: now)) + ".", .class("time-left")) }
    }
}

/// How much a call may bring: « 75 000 à 150 000 € par projet, sur 3 ans ».
enum CallMoney {
    static func words(_ money: CallEnvelope) -> String? {
        let amount: String? =
            switch (money.floor, money.ceiling) {
            case (let floor?, let ceiling?) where floor == ceiling: CallWords.euros(floor) + " par projet"
            case (let floor?, let ceiling?): "de \(CallWords.euros(floor)) à \(CallWords.euros(ceiling)) par projet"
            case (let floor?, nil): "au moins \(CallWords.euros(floor)) par projet"
            case (nil, let ceiling?): "jusqu’à \(CallWords.euros(ceiling)) par projet"
            case (nil, nil): nil
            }
        let length = money.months.map { "sur " + CallWords.duration(months: $0) }
        let parts = [amount, length].compactMap { $0 }
        return parts.isEmpty ? nil : Format.capitalized(parts.joined(separator: ", "))
    }
}

extension Format {
    /// The text with its first letter in upper case.
    static func capitalized(_ text: String) -> String {
        text.prefix(1).uppercased() + text.dropFirst()
    }
}

/// Paragraphs written by people: a line, a paragraph; lines that begin with a dash, a list.
struct PlainProse: View {
    var text: String

    func render(into html: inout HTML) {
        var items: [String] = []
        func flush(_ html: inout HTML) {
            guard !items.isEmpty else { return }
            html.ul { html in for item in items { html.li(Format.typography(item)) } }
            items = []
        }
        for line in text.split(whereSeparator: \.isNewline) {
            if let mark = ["- ", "– ", "• ", "* "].first(where: { line.hasPrefix($0) }) {
                items.append(String(line.dropFirst(mark.count)))
            } else {
                flush(&html)
                html.p(Format.typography(String(line)))
            }
        }
        flush(&html)
    }
}
