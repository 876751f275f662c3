import Markup

/// Horizontal bars, each under its words: text stays text, at every width and for every reader; the bar only shows it.
public struct BarList: View {
    public struct Bar: Sendable, Equatable {
        public var label: String
        public var value: Int
        /// The value in words, with its unit.
        public var text: String
        /// Chooses one of eight colours, by its remainder.
        public var hue: Int

        public init(_ label: String, value: Int, text: String, hue: Int = 0) {
            self.label = label
            self.value = value
            self.text = text
            self.hue = hue
        }
    }

    public var bars: [Bar]
    /// The value of a full bar; the largest one when nil.
    public var maximum: Int?

    public init(_ bars: [Bar], maximum: Int? = nil) {
        self.bars = bars
        self.maximum = maximum
    }

    public func render(into html: inout HTML) {
        guard !bars.isEmpty else { return }
        let limit = Double(max(maximum ?? bars.map(\.value).max() ?? 1, 1))
        html.ul(.class("bars")) { html in
            for bar in bars {
                html.li { html in
                    html.span(bar.label, .class("bar-label"))
                    html.span(bar.text, .class("bar-text"))
                    html.element(
                        "svg", .class("bar"), .viewBox("0 0 100 4"), .attribute("preserveAspectRatio", "none"),
                        .aria("hidden", true), .attribute("focusable", "false")
                    ) { html in
                        html.element(
                            "rect", .class("hue-\(bar.hue.magnitude % 8)"),
                            .width(min(max(Double(bar.value) / limit, 0), 1) * 100), .height(4))
                    }
                }
            }
        }
    }
}
