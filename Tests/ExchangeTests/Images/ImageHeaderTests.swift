import Exchange
import Testing

@Suite("Headers of pictures") struct ImageHeaderTests {
    static func big(_ number: Int, _ count: Int) -> [UInt8] {
        (0..<count).reversed().map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }

    static func little(_ number: Int, _ count: Int) -> [UInt8] { big(number, count).reversed() }

    static func jpeg(_ width: Int, _ height: Int, before segments: [UInt8] = [], marker: UInt8 = 0xC0) -> [UInt8] {
        [0xFF, 0xD8] + segments + [0xFF, marker, 0, 17, 8] + big(height, 2) + big(width, 2) + [3]
            + [1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1]
    }

    static func png(_ width: Int, _ height: Int) -> [UInt8] {
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + big(13, 4) + Array("IHDR".utf8) + big(width, 4)
            + big(height, 4) + [8, 2, 0, 0, 0]
    }

    static func webp(_ chunk: String, _ content: [UInt8]) -> [UInt8] {
        Array("RIFF".utf8) + little(content.count + 12, 4) + Array("WEBP".utf8) + Array(chunk.utf8)
            + little(content.count, 4) + content
    }

    static func lossy(_ width: Int, _ height: Int) -> [UInt8] {
        webp("VP8 ", [0x30, 0x01, 0x00, 0x9D, 0x01, 0x2A] + little(width, 2) + little(height, 2) + [0, 0, 0])
    }

    static func lossless(_ width: Int, _ height: Int) -> [UInt8] {
        webp("VP8L", [0x2F] + little((width - 1) | (height - 1) << 14, 4) + [0, 0])
    }

    static func extended(_ width: Int, _ height: Int) -> [UInt8] {
        webp("VP8X", [0x10, 0, 0, 0] + little(width - 1, 3) + little(height - 1, 3))
    }

    /// Application data, as a camera writes: FF E1, a length, whatever.
    static func application(_ length: Int, _ filling: UInt8 = 0xFF) -> [UInt8] {
        [0xFF, 0xE1] + big(length + 2, 2) + [UInt8](repeating: filling, count: length)
    }

    private func read(_ bytes: [UInt8], by size: Int = .max) throws(ImageProblem) -> ImageHeader {
        var reader = ImageHeaderReader()
        var rest = bytes[...]
        while !rest.isEmpty {
            try reader.feed(rest.prefix(size))
            rest = rest.dropFirst(size)
        }
        return try reader.finish()
    }

    private func problem(_ bytes: [UInt8]) -> ImageProblem? {
        do throws(ImageProblem) {
            _ = try read(bytes)
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: [1, 2, 3, 7, Int.max])
    func eachKindTellsItsSizeHoweverItArrives(_ size: Int) throws {
        #expect(try read(Self.jpeg(640, 480), by: size) == ImageHeader(kind: .jpeg, width: 640, height: 480))
        #expect(try read(Self.jpeg(3, 4, marker: 0xC2), by: size) == ImageHeader(kind: .jpeg, width: 3, height: 4))
        #expect(try read(Self.png(1, 70_000), by: size) == ImageHeader(kind: .png, width: 1, height: 70_000))
        #expect(try read(Self.lossy(320, 200), by: size) == ImageHeader(kind: .webp, width: 320, height: 200))
        #expect(try read(Self.lossless(16_384, 1), by: size) == ImageHeader(kind: .webp, width: 16_384, height: 1))
        #expect(
            try read(Self.extended(100_000, 2), by: size) == ImageHeader(kind: .webp, width: 100_000, height: 2))
    }

    @Test(arguments: [1, 5, Int.max])
    func metadataBeforeTheFrameArePassedOverEvenWhenTheyImitateIt(_ size: Int) throws {
        let decoy = Self.jpeg(9, 9)
        let segment: [UInt8] = [0xFF, 0xE1] + Self.big(decoy.count + 2, 2) + decoy
        let bytes = Self.jpeg(
            800, 600, before: Self.application(0) + segment + Self.application(65_533) + [0xFF, 0xFF, 0xFF, 0x01])
        #expect(try read(bytes, by: size) == ImageHeader(kind: .jpeg, width: 800, height: 600))
    }

    @Test func theSizeThatIsToldIsWhatADecoderWouldMake() throws {
        let header = try read(Self.jpeg(65_535, 65_535))
        #expect(header.pixels == 65_535 * 65_535)
        let largest = try read(Self.png(Int(Int32.max), Int(Int32.max)))
        #expect(largest.pixels == Int(Int32.max) * Int(Int32.max))
    }

    @Test func aSideOfNoPixelIsRefused() {
        for bytes in [
            Self.jpeg(0, 10), Self.jpeg(10, 0), Self.png(0, 1), Self.png(1, 0), Self.lossy(0, 1), Self.lossy(1, 0),
        ] {
            #expect(problem(bytes) == .empty)
        }
    }

    @Test func otherBytesAreNoPicture() {
        for text in [
            "", "GIF89a............", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "%PDF-1.7 ........",
            "RIFF....AVI ........", "....ftypheic....", "\u{FF}",
        ] {
            #expect(problem(Array(text.utf8)) == .unknownKind, "\(text)")
        }
    }

    @Test func whatImitatesAPictureIsRefused() {
        #expect(problem(Self.png(Int(Int32.max) + 1, 1)) == .malformed)
        var wrongLength = Self.png(1, 1)
        wrongLength[11] = 14
        #expect(problem(wrongLength) == .malformed)
        var wrongChunk = Self.png(1, 1)
        wrongChunk[12] = 0x58
        #expect(problem(wrongChunk) == .malformed)
        // A segment shorter than its own length, a scan before any frame, bytes between segments, a frame too short.
        #expect(problem([0xFF, 0xD8, 0xFF, 0xE0, 0, 1] + [UInt8](repeating: 0, count: 20)) == .malformed)
        #expect(problem([0xFF, 0xD8, 0xFF, 0xDA, 0, 8] + [UInt8](repeating: 0, count: 20)) == .malformed)
        #expect(problem([0xFF, 0xD8, 0xFF, 0xE0, 0, 2] + [UInt8](repeating: 0x11, count: 20)) == .malformed)
        #expect(problem([0xFF, 0xD8, 0xFF, 0xC0, 0, 5, 8, 0, 1, 0, 1, 1, 0, 0, 0]) == .malformed)
        #expect(problem(Self.webp("VP8 ", [0x31, 1, 0, 0x9D, 1, 0x2A, 1, 0, 1, 0])) == .malformed)
        #expect(problem(Self.webp("VP8 ", [0x30, 1, 0, 0x9D, 1, 0x2B, 1, 0, 1, 0])) == .malformed)
        #expect(problem(Self.webp("VP8L", [0x2E, 0, 0, 0, 0])) == .malformed)
        #expect(problem(Self.webp("ALPH", [UInt8](repeating: 0, count: 20))) == .malformed)
    }

    @Test func everyCutBeforeTheSizeIsFelt() {
        let whole = [
            Self.jpeg(640, 480, before: Self.application(40)), Self.png(640, 480), Self.lossy(640, 480),
            Self.lossless(640, 480), Self.extended(640, 480),
        ]
        for bytes in whole {
            var answered = false
            for length in 0...bytes.count {
                let problem = problem(Array(bytes.prefix(length)))
                if problem == nil { answered = true }
                #expect(problem == (length < 12 ? .unknownKind : answered ? nil : .truncated), "\(length)")
            }
            #expect(answered)
        }
    }

    /// Whatever the bytes are, the reader answers or refuses, and never holds more than a few of them.
    @Test func noBytesHarm() {
        var state: UInt64 = 7
        func next() -> UInt8 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: state >> 56)
        }
        for start in [Self.jpeg(2, 2), Self.png(2, 2), Self.lossy(2, 2), Self.lossless(2, 2), Self.extended(2, 2)] {
            for _ in 0..<400 {
                var bytes = start
                for _ in 0..<3 { bytes[Int(next()) % bytes.count] = next() }
                if let header = try? read(bytes) { #expect(header.width > 0 && header.height > 0) }
            }
        }
    }
}
