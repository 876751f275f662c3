import Exchange
import Testing

@Suite("A WebP picture alone") struct WebPPictureTests {
    private typealias Heads = ImageHeaderTests

    private static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
        Array(name.utf8) + Heads.little(content.count, 4) + content + (content.count % 2 == 1 ? [0] : [])
    }

    private static func file(_ chunks: [UInt8]) -> [UInt8] {
        Array("RIFF".utf8) + Heads.little(chunks.count + 4, 4) + Array("WEBP".utf8) + chunks
    }

    private static let frame = Array(Heads.lossy(30, 20).dropFirst(20))

    private static func extended(_ flags: UInt8) -> [UInt8] {
        chunk("VP8X", [flags, 0, 0, 0] + Heads.little(29, 3) + Heads.little(19, 3))
    }

    private func problem(_ bytes: [UInt8]) -> ImageProblem? {
        do throws(ImageProblem) {
            _ = try WebPPicture.bare(bytes)
            return nil
        } catch {
            return error
        }
    }

    @Test func whatIsWrittenBesideThePictureIsGone() throws {
        let whole = Self.file(
            Self.extended(0x3C) + Self.chunk("ICCP", [1, 2, 3]) + Self.chunk("ALPH", [9])
                + Self.chunk("VP8 ", Self.frame)
                + Self.chunk("EXIF", Array("Canari".utf8)) + Self.chunk("XMP ", Array("Canari!".utf8))
                + Self.chunk("ZZZZ", [5]))
        let bare = Self.file(Self.extended(0x10) + Self.chunk("ALPH", [9]) + Self.chunk("VP8 ", Self.frame))
        #expect(try WebPPicture.bare(whole) == bare)
        #expect(try WebPPicture.bare(bare) == bare)
        let simple = Self.file(Self.chunk("VP8 ", Self.frame))
        #expect(try WebPPicture.bare(simple) == simple)
    }

    @Test func whatIsNotOneStillPictureIsRefused() {
        let picture = Self.chunk("VP8 ", Self.frame)
        #expect(problem([]) == .unknownKind)
        #expect(problem(Heads.png(1, 1)) == .unknownKind)
        #expect(problem(Self.file([])) == .malformed)
        #expect(problem(Self.file(picture + picture)) == .malformed)
        #expect(problem(Self.file(Self.extended(0x02) + picture)) == .malformed)
        #expect(problem(Self.file(picture + Self.extended(0x10))) == .malformed)
        #expect(problem(Self.file(Self.chunk("ANMF", [1, 2]) + picture)) == .malformed)
        var lying = Self.file(picture)
        for index in 16..<20 { lying[index] = 0xFF }
        #expect(problem(lying) == .truncated)
        let whole = Self.file(Self.extended(0x08) + picture + Self.chunk("EXIF", [1, 2, 3, 4]))
        for length in 0..<whole.count {
            let cut = Array(whole.prefix(length))
            if let bare = try? WebPPicture.bare(cut) { #expect(bare.count <= whole.count) }
        }
    }
}
