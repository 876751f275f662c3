import Maillage

/// The name the visitor typed must be ours: a page that trusted another would send people, or caches, elsewhere.
enum HostDoor {
    static func enter(_ visit: Visit) throws {
        guard isPlain(visit.authority) else { throw DoorRefusal.unreadable }
        let own = host(of: visit.reception.settings.baseURL)
        // On a machine that was given no public name, any name reaches it; a probe knows only the machine's address.
        guard !isLocal(own), visit.path != "/healthz" else { return }
        guard visit.authority.lowercased() == own || isLocal(visit.authority) else { throw DoorRefusal.unknownHost }
    }

    /// Host and port of a web address, in lower case.
    static func host(of address: String) -> String {
        let afterScheme =
            address.utf8.firstRange(of: Array("://".utf8)).map { address[$0.upperBound...] } ?? address[...]
        return String(afterScheme.prefix { $0 != "/" }).lowercased()
    }

    static func isLocal(_ host: String) -> Bool {
        let name = host.hasPrefix("[") ? host.prefix { $0 != "]" } + "]" : host.prefix { $0 != ":" }
        return name == "localhost" || name == "[::1]" || name.hasPrefix("127.") && name.utf8.allSatisfy { $0 < 0x3A }
    }

    private static func isPlain(_ authority: String) -> Bool {
        !authority.isEmpty && authority.utf8.count <= 255
            && authority.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
                case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "]"),
                    UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }
}
