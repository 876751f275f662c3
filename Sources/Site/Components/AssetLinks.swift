/// Where the site's own files are served: a name of `Sources/Public` in, the address to write in the page out.
struct AssetLinks: Sendable {
    /// The address of a file, with its fingerprint.
    let address: @Sendable (String) -> String

    init(_ address: @escaping @Sendable (String) -> String) {
        self.address = address
    }

    /// Names without fingerprints, for samples and tests.
    static let plain = AssetLinks { "/assets/" + $0 }
}
