import Maillage
import Markup

/// Links to the other waves of a call that has several.
struct WaveChoice: View {
    var reading: CallReading
    var wave: CallWave
    var path: (CallWave.ID) -> String

    func render(into html: inout HTML) {
        let waves = reading.settings.waves
        guard waves.count > 1 else { return }
        html.nav(.class("row"), .aria("label", "Vagues")) { html in
            for each in waves {
                html.a(
                    each.name(in: reading.call), .href(path(each.id)), .class("button button-small"),
                    .aria("current", each.id == wave.id ? "page" : nil))
            }
        }
    }
}
