import Exchange
import Testing

@Suite("Multipart forms") struct MultipartReaderTests {
    static let body = [
        "--frontiere", "Content-Disposition: form-data; name=\"nom\"", "", "L’été\r\n--frontierx",
        "--frontiere", "Content-Disposition: form-data; name=\"vide\"", "", "",
        "--frontiere  ", "content-disposition: form-data; name=\"photo\"; filename=\"C:\\img\\a %22b%22;.png\"",
        "Content-Type: Image/PNG; x=y", "", "\u{0}\r\n--front\r\r\n-", "--frontiere",
        "Content-Disposition: form-data; name=f; filename=\"\"", "Content-Type: application/octet-stream", "", "",
        "--frontiere--", "",
    ].joined(separator: "\r\n").bytes

    /// Events with neighbouring bytes joined, so that splits can be compared.
    static func events(
        _ body: [UInt8], cuts: [Int], limits: MultipartLimits = MultipartLimits()
    ) throws -> [MultipartEvent] {
        var reader = try MultipartReader(boundary: "frontiere", limits: limits)
        var events: [MultipartEvent] = []
        var start = 0
        for cut in cuts + [body.count] {
            for event in try reader.feed(Array(body[start..<cut])) {
                if case .fileBytes(let more) = event, case .fileBytes(let before) = events.last {
                    events[events.count - 1] = .fileBytes(before + more)
                } else {
                    events.append(event)
                }
            }
            start = cut
        }
        try reader.finish()
        return events
    }

    @Test func everySplitGivesTheSameEvents() throws {
        let expected: [MultipartEvent] = [
            .field(name: "nom", value: "L’été\r\n--frontierx"), .field(name: "vide", value: ""),
            .fileBegan(MultipartFile(field: "photo", name: "a \"b\";.png", mediaType: "image/png")),
            .fileBytes("\u{0}\r\n--front\r\r\n-".bytes), .fileEnded,
            .fileBegan(MultipartFile(field: "f", name: "", mediaType: "application/octet-stream")), .fileEnded,
            .finished,
        ]
        #expect(try Self.events(Self.body, cuts: []) == expected)
        for cut in 0...Self.body.count {
            #expect(try Self.events(Self.body, cuts: [cut]) == expected, "cut at \(cut)")
            let second = min(cut + 3, Self.body.count)
            #expect(try Self.events(Self.body, cuts: [cut, second]) == expected, "cut at \(cut) and \(second)")
        }
        #expect(try Self.events(Self.body, cuts: Array(0..<Self.body.count)) == expected)
    }

    @Test func aBodyCutAnywhereIsRefused() {
        // The last two bytes are the line end after the closing boundary.
        for length in 0..<(Self.body.count - 2) {
            #expect(throws: MultipartProblem.self) { try Self.events(Array(Self.body[..<length]), cuts: []) }
        }
    }

    @Test func aLargeFileIsNeverHeld() throws {
        var reader = try MultipartReader(boundary: "b")
        _ = try reader.feed("--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x\"\r\n\r\n".bytes)
        var size = 0
        for _ in 0..<100 {
            for case .fileBytes(let bytes) in try reader.feed([UInt8](repeating: 0x0D, count: 10_000)) {
                #expect(bytes.count <= 10_100)
                size += bytes.count
            }
        }
        #expect(size > 999_900)
    }

    @Test(arguments: [
        ("x--frontiere\r\n", MultipartProblem.noOpeningBoundary), ("--frontierexy", .malformedHeader),
        ("--frontiere\r\n\r\n", .unnamedPart), ("--frontiere\r\nContent-Type: text/plain\r\n\r\n", .unnamedPart),
        ("--frontiere\r\nContent-Disposition: attachment; name=a\r\n\r\n", .unnamedPart),
        ("--frontiere\r\nContent-Disposition: form-data\r\n\r\n", .unnamedPart),
        ("--frontiere\r\nsans deux points\r\n\r\n", .malformedHeader),
        ("--frontiere\r\nA: \rb\r\n\r\n", .malformedHeader), ("--frontiere\r\nA: \u{0}\r\n\r\n", .nullCharacter),
        (
            "--frontiere\r\nContent-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64\r\n\r\n",
            .unsupportedEncoding
        ),
        ("--frontiere\r\nContent-Disposition: form-data; name=a\r\n\r\n\u{0}\r\n--frontiere--", .nullCharacter),
    ])
    func whatIsNotAFormIsRefused(body: String, problem: MultipartProblem) {
        #expect(throws: problem) { try Self.events(body.bytes, cuts: []) }
    }

    @Test func limitsAreKept() {
        func refused(_ limits: MultipartLimits) -> MultipartProblem? {
            #expect(throws: MultipartProblem.self) { try Self.events(Self.body, cuts: [], limits: limits) }
        }
        #expect(refused(MultipartLimits(headerBytes: 20)) == .headersTooLong(limit: 20))
        #expect(refused(MultipartLimits(fieldBytes: 5)) == .fieldTooLong(limit: 5))
        #expect(refused(MultipartLimits(parts: 2)) == .tooManyParts(limit: 2))
        #expect(refused(MultipartLimits(totalBytes: 50)) == .tooLong(limit: 50))
    }

    @Test func boundariesAreValidated() {
        #expect(MultipartReader.boundary(inContentType: "multipart/form-data; boundary=abc") == "abc")
        #expect(MultipartReader.boundary(inContentType: "Multipart/Form-Data; charset=x; Boundary=\"a:b\"") == "a:b")
        for type in [
            "multipart/form-data", "multipart/mixed; boundary=a", "multipart/form-data; boundary=",
            "multipart/form-data; boundary=a b", "multipart/form-data; boundary=é",
            "multipart/form-data; boundary=" + String(repeating: "a", count: 71),
        ] {
            #expect(MultipartReader.boundary(inContentType: type) == nil, "\(type)")
        }
        #expect(throws: MultipartProblem.invalidBoundary) { try MultipartReader(boundary: "") }
    }

    @Test(arguments: [
        ("../../etc/passwd", "passwd"), ("a/b\\c.txt", "c.txt"), ("..", ""), ("x\\\"y.txt", "x\"y.txt"),
        ("a%0D%0Ab", "a  b"),
        ("été.pdf", "été.pdf"), ("100%.txt", "100%.txt"),
    ])
    func fileNamesAreLabels(given: String, expected: String) throws {
        let body =
            "--frontiere\r\nContent-Disposition: form-data; name=\"f\"; filename=\"\(given)\"\r\n\r\n\r\n--frontiere--"
        guard case .fileBegan(let file) = try Self.events(body.bytes, cuts: []).first else {
            Issue.record("no file")
            return
        }
        #expect(file.name == expected)
    }
}
