/// The attributes by name; nil leaves one out.
extension Attribute {
    public static func id(_ value: String?) -> Attribute { Attribute("id", text: value) }
    public static func title(_ value: String?) -> Attribute { Attribute("title", text: value) }
    public static func lang(_ value: String?) -> Attribute { Attribute("lang", text: value) }
    public static func dir(_ value: String?) -> Attribute { Attribute("dir", text: value) }
    public static func role(_ value: String?) -> Attribute { Attribute("role", text: value) }
    public static func name(_ value: String?) -> Attribute { Attribute("name", text: value) }
    public static func value(_ value: String?) -> Attribute { Attribute("value", text: value) }
    public static func type(_ value: String?) -> Attribute { Attribute("type", text: value) }
    public static func placeholder(_ value: String?) -> Attribute { Attribute("placeholder", text: value) }
    public static func autocomplete(_ value: String?) -> Attribute { Attribute("autocomplete", text: value) }
    public static func inputmode(_ value: String?) -> Attribute { Attribute("inputmode", text: value) }
    public static func pattern(_ value: String?) -> Attribute { Attribute("pattern", text: value) }
    public static func accept(_ value: String?) -> Attribute { Attribute("accept", text: value) }
    public static func alt(_ value: String?) -> Attribute { Attribute("alt", text: value) }
    public static func loading(_ value: String?) -> Attribute { Attribute("loading", text: value) }
    public static func decoding(_ value: String?) -> Attribute { Attribute("decoding", text: value) }
    public static func rel(_ value: String?) -> Attribute { Attribute("rel", text: value) }
    public static func target(_ value: String?) -> Attribute { Attribute("target", text: value) }
    public static func method(_ value: String?) -> Attribute { Attribute("method", text: value) }
    public static func enctype(_ value: String?) -> Attribute { Attribute("enctype", text: value) }
    public static func scope(_ value: String?) -> Attribute { Attribute("scope", text: value) }
    public static func headers(_ value: String?) -> Attribute { Attribute("headers", text: value) }
    public static func datetime(_ value: String?) -> Attribute { Attribute("datetime", text: value) }
    public static func sizes(_ value: String?) -> Attribute { Attribute("sizes", text: value) }
    public static func media(_ value: String?) -> Attribute { Attribute("media", text: value) }
    public static func charset(_ value: String?) -> Attribute { Attribute("charset", text: value) }
    public static func content(_ value: String?) -> Attribute { Attribute("content", text: value) }
    public static func property(_ value: String?) -> Attribute { Attribute("property", text: value) }
    public static func form(_ value: String?) -> Attribute { Attribute("form", text: value) }
    public static func list(_ value: String?) -> Attribute { Attribute("list", text: value) }
    public static func label(_ value: String?) -> Attribute { Attribute("label", text: value) }
    public static func hreflang(_ value: String?) -> Attribute { Attribute("hreflang", text: value) }
    public static func viewBox(_ value: String?) -> Attribute { Attribute("viewBox", text: value) }
    public static func d(_ value: String?) -> Attribute { Attribute("d", text: value) }
    public static func fill(_ value: String?) -> Attribute { Attribute("fill", text: value) }
    public static func stroke(_ value: String?) -> Attribute { Attribute("stroke", text: value) }
    public static func points(_ value: String?) -> Attribute { Attribute("points", text: value) }
    public static func transform(_ value: String?) -> Attribute { Attribute("transform", text: value) }
    public static func `for`(_ identifier: String?) -> Attribute { Attribute("for", text: identifier) }
}

/// Whole numbers.
extension Attribute {
    public static func tabindex(_ value: Int?) -> Attribute { Attribute("tabindex", number: value) }
    public static func minlength(_ value: Int?) -> Attribute { Attribute("minlength", number: value) }
    public static func maxlength(_ value: Int?) -> Attribute { Attribute("maxlength", number: value) }
    public static func rows(_ value: Int?) -> Attribute { Attribute("rows", number: value) }
    public static func cols(_ value: Int?) -> Attribute { Attribute("cols", number: value) }
    public static func width(_ value: Int?) -> Attribute { Attribute("width", number: value) }
    public static func height(_ value: Int?) -> Attribute { Attribute("height", number: value) }
    public static func colspan(_ value: Int?) -> Attribute { Attribute("colspan", number: value) }
    public static func rowspan(_ value: Int?) -> Attribute { Attribute("rowspan", number: value) }
    public static func start(_ value: Int?) -> Attribute { Attribute("start", number: value) }
    public static func size(_ value: Int?) -> Attribute { Attribute("size", number: value) }
    public static func value(_ value: Int?) -> Attribute { Attribute("value", number: value) }
    public static func min(_ value: Int?) -> Attribute { Attribute("min", number: value) }
    public static func max(_ value: Int?) -> Attribute { Attribute("max", number: value) }
    public static func min(_ value: String?) -> Attribute { Attribute("min", text: value) }
    public static func max(_ value: String?) -> Attribute { Attribute("max", text: value) }
    public static func step(_ value: String?) -> Attribute { Attribute("step", text: value) }
    public static func width(_ value: Double) -> Attribute { Attribute("width", .decimal(value)) }
    public static func height(_ value: Double) -> Attribute { Attribute("height", .decimal(value)) }
}

/// Attributes that are there or not.
extension Attribute {
    public static func hidden(_ isOn: Bool = true) -> Attribute { .flag("hidden", isOn) }
    public static func required(_ isOn: Bool = true) -> Attribute { .flag("required", isOn) }
    public static func disabled(_ isOn: Bool = true) -> Attribute { .flag("disabled", isOn) }
    public static func readonly(_ isOn: Bool = true) -> Attribute { .flag("readonly", isOn) }
    public static func checked(_ isOn: Bool = true) -> Attribute { .flag("checked", isOn) }
    public static func selected(_ isOn: Bool = true) -> Attribute { .flag("selected", isOn) }
    public static func multiple(_ isOn: Bool = true) -> Attribute { .flag("multiple", isOn) }
    public static func open(_ isOn: Bool = true) -> Attribute { .flag("open", isOn) }
    public static func autofocus(_ isOn: Bool = true) -> Attribute { .flag("autofocus", isOn) }
    public static func novalidate(_ isOn: Bool = true) -> Attribute { .flag("novalidate", isOn) }
    public static func reversed(_ isOn: Bool = true) -> Attribute { .flag("reversed", isOn) }
}

/// Addresses: a `Link`, or a text that is checked and left out when it is refused.
extension Attribute {
    public static func href(_ link: Link?) -> Attribute { Attribute("href", text: link?.address) }
    public static func href(_ address: String?) -> Attribute { address.map { href(Link(checking: $0)) } ?? .nothing }
    public static func src(_ link: Link?) -> Attribute { Attribute("src", text: link?.address) }
    public static func src(_ address: String?) -> Attribute { address.map { src(Link(checking: $0)) } ?? .nothing }
    public static func action(_ link: Link?) -> Attribute { Attribute("action", text: link?.address) }
    public static func action(_ address: String?) -> Attribute {
        address.map { action(Link(checking: $0)) } ?? .nothing
    }
    public static func formaction(_ link: Link?) -> Attribute { Attribute("formaction", text: link?.address) }
    public static func formaction(_ address: String?) -> Attribute {
        address.map { formaction(Link(checking: $0)) } ?? .nothing
    }
}

/// Sizes of one picture.
extension Attribute {
    /// `srcset`: the same picture in several widths, in pixels, for the browser to choose from. A link whose address would end
    /// an item early is left out.
    public static func srcset(_ sources: [(link: Link, width: Int)]) -> Attribute {
        let items = sources.filter { !$0.link.address.utf8.contains { $0 == 0x2C || $0 <= 0x20 } }
            .map { "\($0.link.address) \($0.width)w" }
        return items.isEmpty ? .nothing : Attribute("srcset", .text(items.joined(separator: ", ")))
    }
}

/// Classes.
extension Attribute {
    /// One class, or several in one text.
    public static func `class`(_ names: String?) -> Attribute { Attribute("class", text: names) }

    /// Several classes, some of them on a condition: `.class("card", isClosed ? "is-closed" : nil)`.
    public static func `class`(_ first: String?, _ more: String?...) -> Attribute {
        var names = first ?? ""
        for case .some(let name) in more where !name.isEmpty {
            names += names.isEmpty ? name : " " + name
        }
        return Attribute("class", .text(names))
    }
}

/// Saving what a visitor reads: `download`, with the file's name.
extension Attribute {
    public static func download(_ fileName: String? = nil) -> Attribute {
        fileName.map { Attribute("download", .text($0)) } ?? Attribute("download", .flag)
    }
}
