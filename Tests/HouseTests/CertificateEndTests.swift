import Maillage
import Testing

@testable import MaillageCommand

@Suite("The end of a certificate, as openssl prints it") struct CertificateEndTests {
    @Test func itIsRead() {
        #expect(CertificateEnd.read("notAfter=Nov 22 16:37:31 2026 GMT\n") == Instant(seconds: 1_795_365_451))
        #expect(CertificateEnd.read("notAfter=Jan  1 00:00:00 1970 GMT") == Instant(seconds: 0))
    }

    @Test(arguments: [
        "", "notAfter=", "notAfter=Nov 31 16:37:31 2026 GMT", "notAfter=Nov 22 16:37 2026 GMT",
        "notAfter=Nov 22 24:00:00 2026",
        "notAfter=Nov 22 9223372036854775807:00:00 2026 GMT", "notAfter=Nov 22 00:-9223372036854775808:00 2026 GMT",
    ])
    func whatIsNoEndIsUnknown(_ text: String) { #expect(CertificateEnd.read(text) == nil) }
}
