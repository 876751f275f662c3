import HTTPTypes

/// Finds the route of a path: a tree of segments made once from the site map. Literal segments win over names.
struct Dispatcher: Sendable {
    enum Finding: Sendable {
        case route(Route, parameters: [String: String])
        /// The path exists, not with this method; what it allows.
        case otherMethods([HTTPRequest.Method])
        case nothing
    }

    private let root: Node

    init(_ routes: [Route]) {
        var root = Node()
        for route in routes { root.add(route, route.pattern.split(separator: "/")[...]) }
        self.root = root
    }

    /// `path` is the part of the target before the question mark. Throws `Malformed` when a segment cannot be decoded.
    func find(_ method: HTTPRequest.Method, _ path: Substring.UTF8View) throws(Malformed) -> Finding {
        var segments: [String] = []
        for segment in path.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            let text = try PercentDecoding.text(segment, plusIsSpace: false)
            segments.append(text)
        }
        if segments == [""] { segments = [] }
        guard segments.count <= 16, !segments.contains("") else { return .nothing }
        var values: [String] = []
        guard let node = root.find(segments[...], &values) else { return .nothing }
        let asked: HTTPRequest.Method = method == .head ? .get : method
        guard let route = node.routes.first(where: { $0.method == asked }) else {
            return .otherMethods(node.allowed)
        }
        let named = zip(route.parameterNames, values).map { ($0, $1) }
        return .route(route, parameters: Dictionary(named, uniquingKeysWith: { first, _ in first }))
    }
}

/// One place in the tree of paths.
private struct Node: Sendable {
    var literals: [String: Node] = [:]
    /// Names followed by a suffix; the empty suffix comes last.
    var named: [(suffix: String, node: Node)] = []
    var routes: [Route] = []

    mutating func add(_ route: Route, _ segments: ArraySlice<Substring>) {
        guard let segment = segments.first else {
            routes.append(route)
            return
        }
        guard segment.hasPrefix("{"), let end = segment.firstIndex(of: "}") else {
            literals[String(segment), default: Node()].add(route, segments.dropFirst())
            return
        }
        let suffix = String(segment[segment.index(after: end)...])
        if let index = named.firstIndex(where: { $0.suffix == suffix }) {
            named[index].node.add(route, segments.dropFirst())
        } else {
            var node = Node()
            node.add(route, segments.dropFirst())
            named.append((suffix, node))
            named.sort { $0.suffix.utf8.count > $1.suffix.utf8.count }
        }
    }

    func find(_ segments: ArraySlice<String>, _ values: inout [String]) -> Node? {
        guard let segment = segments.first else { return routes.isEmpty ? nil : self }
        if let found = literals[segment]?.find(segments.dropFirst(), &values) { return found }
        for (suffix, node) in named where segment.hasSuffix(suffix) && segment.utf8.count > suffix.utf8.count {
            values.append(String(segment.dropLast(suffix.count)))
            if let found = node.find(segments.dropFirst(), &values) { return found }
            values.removeLast()
        }
        return nil
    }

    var allowed: [HTTPRequest.Method] {
        var methods: [HTTPRequest.Method] = []
        for route in routes where !methods.contains(route.method) {
            methods.append(route.method)
            if route.method == .get { methods.append(.head) }
        }
        return methods + [.options]
    }
}
