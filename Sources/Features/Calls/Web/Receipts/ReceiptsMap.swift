extension SiteMap {
    /// The URLs that verify receipts: for everybody, without an account.
    static let receipts: [Route] = [
        .get("/recepisses/verifier", .everyone, ReceiptCheckPages.show),
        .post(
            "/recepisses/verifier", .everyone, body: .upload(limit: ReceiptCheckPages.limit), ReceiptCheckPages.check),
        .get("/recepisses/openssl", .everyone, ReceiptKeyPages.recipe).shared(seconds: 600),
        .get("/recepisses/cles", .everyone, ReceiptKeyPages.show).shared(seconds: 600),
        .get("/recepisses/cles.json", .everyone, ReceiptKeyPages.list).shared(seconds: 600),
        .get("/recepisses/tetes", .everyone, ReceiptHeadPages.show).shared(seconds: 600),
        .get("/recepisses/tetes.json", .everyone, ReceiptHeadPages.list).shared(seconds: 600),
        .get("/recepisses/tetes/{day}.json", .everyone, ReceiptHeadPages.file).shared(seconds: 600),
        .get("/recepisses/preuves/{fingerprint}.json", .everyone, ReceiptHeadPages.proof),
        .get("/recepisses/cles/{id}.pem", .everyone, ReceiptKeyPages.pem).shared(seconds: 600),
    ]
}
