/// One attribute of an element: a name of the program and a value that will be escaped.
///
/// A nil value, or a condition that is false, leaves the attribute out.
public struct Attribute: Sendable {
    enum Prefix: UInt8 { case none, aria, data }

    enum Value: Sendable {
        case omitted
        case flag
        case text(String)
        case number(Int)
        case decimal(Double)
    }

    let prefix: Prefix
    let name: StaticString
    let value: Value

    init(_ name: StaticString, _ value: Value, prefix: Prefix = .none) {
        self.name = name
        self.value = value
        self.prefix = prefix
    }

    init(_ name: StaticString, text: String?) {
        self.init(name, text.map { .text($0) } ?? .omitted)
    }

    init(_ name: StaticString, number: Int?) {
        self.init(name, number.map { .number($0) } ?? .omitted)
    }

    /// An attribute that writes nothing.
    public static let nothing = Attribute("", .omitted)

    /// Any attribute not listed below. Addresses are checked as by `href`; `on…`, `style` and `srcdoc` are never written,
    /// for they would run or be refused by the site's content policy.
    public static func attribute(_ name: StaticString, _ value: String?) -> Attribute {
        switch AttributeNames.nature(of: name) {
        case .plain: Attribute(name, text: value)
        case .address: Attribute(name, text: value.flatMap { Link(checking: $0)?.address })
        case .refused: .nothing
        }
    }

    /// A numeric attribute, such as a coordinate of a drawing: at most three digits after the point.
    public static func number(_ name: StaticString, _ value: Double) -> Attribute { Attribute(name, .decimal(value)) }

    /// A numeric attribute in whole units.
    public static func number(_ name: StaticString, _ value: Int) -> Attribute { Attribute(name, .number(value)) }

    /// An attribute that is there or not: `.flag("muted", true)`.
    public static func flag(_ name: StaticString, _ isOn: Bool) -> Attribute {
        Attribute(name, isOn ? .flag : .omitted)
    }

    /// `aria-…`: `.aria("describedby", "aide-nom")`.
    public static func aria(_ name: StaticString, _ value: String?) -> Attribute {
        Attribute(name, value.map { .text($0) } ?? .omitted, prefix: .aria)
    }

    /// `aria-…` with a state that reads `true` or `false`.
    public static func aria(_ name: StaticString, _ state: Bool) -> Attribute {
        Attribute(name, .text(state ? "true" : "false"), prefix: .aria)
    }

    /// `data-…`: read by the site's scripts.
    public static func data(_ name: StaticString, _ value: String?) -> Attribute {
        Attribute(name, value.map { .text($0) } ?? .omitted, prefix: .data)
    }

    /// `data-…` with a whole number.
    public static func data(_ name: StaticString, _ value: Int) -> Attribute {
        Attribute(name, .number(value), prefix: .data)
    }

    /// `data-…` with no value, when true.
    public static func data(_ name: StaticString, _ isOn: Bool = true) -> Attribute {
        Attribute(name, isOn ? .flag : .omitted, prefix: .data)
    }
}

/// What an attribute's name asks of its value.
enum AttributeNames {
    enum Nature { case plain, address, refused }

    private static let addresses: Set<String> = [
        "href", "src", "action", "formaction", "poster", "cite", "data", "background", "manifest", "longdesc",
        "xlink:href",
        "icon", "classid", "codebase", "usemap", "profile",
    ]

    static func nature(of name: StaticString) -> Nature {
        let lowered = String(describing: name).lowercased()
        // `srcset` and `ping` hold several addresses; the first has a function of its own, the site has no use for the other.
        if lowered.hasPrefix("on") || ["style", "srcdoc", "srcset", "ping"].contains(lowered) { return .refused }
        return addresses.contains(lowered) ? .address : .plain
    }
}

extension HTML {
    /// Writes ` name="value"`, with the value escaped.
    mutating func write(_ attribute: Attribute) {
        switch attribute.value {
        case .omitted: return
        case .flag: writeName(of: attribute)
        case .text(let text):
            openValue(of: attribute)
            writeEscaped(text)
            write(byte: UInt8(ascii: "\""))
        case .number(let number):
            openValue(of: attribute)
            write(number: number)
            write(byte: UInt8(ascii: "\""))
        case .decimal(let decimal):
            openValue(of: attribute)
            write(decimal: decimal)
            write(byte: UInt8(ascii: "\""))
        }
    }

    private mutating func openValue(of attribute: Attribute) {
        writeName(of: attribute)
        write("=\"")
    }

    private mutating func writeName(of attribute: Attribute) {
        switch attribute.prefix {
        case .none: write(byte: UInt8(ascii: " "))
        case .aria: write(" aria-")
        case .data: write(" data-")
        }
        write(attribute.name)
    }
}
