import Exchange
import Foundation
import Testing

@testable import Maillage

@Suite("The keys of receipts")
struct ReceiptKeyTests {
    private static func mode(_ path: String) throws -> Int? {
        (try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber)?.intValue
    }

    // RCPT-5
    @Test func aKeyIsMadeOnceAndKeptFromOthers() throws {
        let world = try ReceiptWorld()
        let id = world.keys.current.id
        #expect(try Self.mode(world.folder + "/keys/receipt-\(id).key") == 0o600)
        #expect(try Self.mode(world.folder + "/keys") == 0o700)
        let again = try ReceiptKeys.load(
            dataDirectory: world.folder, now: ReceiptWorld.start + .hours(1), secret: ReceiptWorld.chance)
        #expect(again.all == world.keys.all)
        #expect(try FileManager.default.contentsOfDirectory(atPath: world.folder + "/keys").count == 2)
        // No file says the private key but its own.
        let published = ReceiptPublicKey.listBytes(world.keys.all)
        let secret = try #require(FileManager.default.contents(atPath: world.folder + "/keys/receipt-\(id).key"))
        let line = String(decoding: secret.dropLast(), as: UTF8.self)
        #expect(line.count == 44 && !String(decoding: published, as: UTF8.self).contains(line))
    }

    // RCPT-5
    @Test func aKeyThatOthersCanReadStopsTheStart() throws {
        let world = try ReceiptWorld()
        let path = world.folder + "/keys/receipt-\(world.keys.current.id).key"
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
        #expect(throws: ReceiptKeyProblem.self) {
            try ReceiptKeys.load(dataDirectory: world.folder, now: ReceiptWorld.start, secret: ReceiptWorld.chance)
        }
    }

    // RCPT-5
    @Test func aBrokenKeyStopsTheStart() throws {
        let world = try ReceiptWorld()
        let path = world.folder + "/keys/receipt-\(world.keys.current.id).json"
        try Data("{}".utf8).write(to: URL(fileURLWithPath: path))
        #expect(throws: ReceiptKeyProblem.self) {
            try ReceiptKeys.load(dataDirectory: world.folder, now: ReceiptWorld.start, secret: ReceiptWorld.chance)
        }
    }

    // RCPT-5
    @Test func threeRotationsLeaveFourPublicKeysAndOnePrivate() throws {
        let world = try ReceiptWorld()
        var signed = [try world.keys.sign(ReceiptWorld.receipt(arrival: ReceiptWorld.start + .hours(1)))]
        for turn in Int64(1)...3 {
            let keys = try ReceiptKeys.rotate(
                dataDirectory: world.folder, now: ReceiptWorld.start + .days(turn), secret: ReceiptWorld.chance)
            signed.append(
                try keys.sign(ReceiptWorld.receipt(arrival: ReceiptWorld.start + .days(turn) + .hours(1))))
        }
        let keys = try ReceiptKeys.load(
            dataDirectory: world.folder, now: ReceiptWorld.start + .days(9), secret: ReceiptWorld.chance)
        #expect(keys.all.count == 4)
        let names = try FileManager.default.contentsOfDirectory(atPath: world.folder + "/keys")
        #expect(names.filter { $0.hasSuffix(".key") } == ["receipt-\(keys.current.id).key"])
        let list = try #require(ReceiptPublicKey.list(reading: ReceiptPublicKey.listBytes(keys.all)))
        #expect(list == keys.all)
        for receipt in signed { #expect(ReceiptVerifier(keys: list).verify(receipt).isValid) }
    }

    // RCPT-5
    @Test func aPublicKeyReadsBackFromPEM() throws {
        let world = try ReceiptWorld()
        let pem = world.keys.current.pem
        #expect(pem.hasPrefix("-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA"))
        let read = try #require(ReceiptPublicKey.list(reading: Array(pem.utf8)))
        #expect(read.map(\.bytes) == [world.keys.current.bytes])
        let signed = try world.keys.sign(ReceiptWorld.receipt())
        #expect(ReceiptVerifier(keys: read).verify(signed).isValid)
        #expect(
            ReceiptPublicKey.list(reading: Array("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----".utf8))
                == nil)
        #expect(ReceiptPublicKey.list(reading: Array("{\"keys\":[{}]}".utf8)) == nil)
        #expect(ReceiptPublicKey.list(reading: []) == nil)
    }

    // RCPT-2
    @Test(arguments: ["", "QQ==", "QUI=", "QUJD", "+/8="])
    func baseSixtyFourHasOneWriting(_ text: String) throws {
        #expect(Base64Text.encode(try #require(Base64Text.decode(text))) == text)
        #expect(Data(base64Encoded: text).map { [UInt8]($0) } == Base64Text.decode(text))
    }

    // RCPT-2
    @Test(arguments: ["QR==", "Q===", "QUJ=", "QQ", "Q Q=", "QQ==QQ==", "====", "QUJD="])
    func otherWritingsOfBaseSixtyFourAreRefused(_ text: String) {
        #expect(Base64Text.decode(text) == nil)
    }

    // RCPT-7
    @Test func opensslAloneVerifiesAReceipt() throws {
        let program = "/usr/bin/openssl"
        guard FileManager.default.isExecutableFile(atPath: program) else {
            print("skipped: no openssl")
            return
        }
        let world = try ReceiptWorld()
        let signed = try world.keys.sign(ReceiptWorld.receipt())
        func put(_ name: String, _ bytes: [UInt8]) throws {
            try Data(bytes).write(to: URL(fileURLWithPath: world.folder + "/" + name))
        }
        func openssl(_ content: String) throws -> Int32 {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: program)
            process.arguments = [
                "pkeyutl", "-verify", "-pubin", "-inkey", world.folder + "/cle.pem", "-rawin", "-in",
                world.folder + "/" + content, "-sigfile", world.folder + "/signature.bin",
            ]
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            return process.terminationStatus
        }
        try put("cle.pem", Array(world.keys.current.pem.utf8))
        try put("signe.json", signed.signedBytes)
        try put("signature.bin", signed.signature)
        #expect(try openssl("signe.json") == 0)
        var altered = signed.signedBytes
        altered[altered.count / 2] ^= 1
        try put("altere.json", altered)
        #expect(try openssl("altere.json") != 0)
    }
}
