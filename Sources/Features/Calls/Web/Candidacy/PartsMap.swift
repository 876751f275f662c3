extension SiteMap {
    /// The URLs of what partners answer, of the lead that is handed over, and of the opening of sealed candidacies.
    static let parts: [Route] = [
        .get("/candidatures/{id}/parts", .signedIn, CandidacyPartPages.list),
        .post("/candidatures/{id}/parts", .signedIn, CandidacyPartPages.take),
        .get("/candidatures/{id}/parts/{partner}", .signedIn, CandidacyPartPages.show),
        .post("/candidatures/{id}/parts/{partner}", .signedIn, CandidacyPartPages.invite),
        .post("/candidatures/{id}/parts/{partner}/engagement", .signedIn, CandidacyPartPages.commit),
        .get("/candidatures/{id}/parts/{partner}/dossier/{section}", .signedIn, PartSectionPages.show),
        .post("/candidatures/{id}/parts/{partner}/dossier/{section}", .signedIn, PartSectionPages.save),
        .get("/candidatures/{id}/parts/{partner}/pieces", .signedIn, CandidacyFilePages.show),
        .post(
            "/candidatures/{id}/parts/{partner}/pieces/{question}", .signedIn,
            body: .upload(limit: CandidacyFilePages.bodyLimit), CandidacyFilePages.attach),
        .post("/candidatures/{id}/parts/{partner}/pieces/{question}/coffre", .signedIn, CandidacyFilePages.reuse),
        .get("/candidatures/{id}/parts/{partner}/historique", .signedIn, CandidacyHistoryPages.show),
        .post("/candidatures/{id}/parts/{partner}/historique", .signedIn, CandidacyHistoryPages.restore),
        .get("/candidatures/{id}/parts/{partner}/repartition", .signedIn, CandidacyPartsPages.show),
        .post("/candidatures/{id}/parts/{partner}/repartition", .signedIn, CandidacyPartsPages.save),
        .get("/candidatures/{id}/depose", .signedIn, CandidacyDepositedPages.show),
        .post("/candidatures/{id}/porteur", .signedIn, LeadOfferPages.offer),
        .post("/candidatures/{id}/porteur/reprise", .signedIn, LeadOfferPages.takeBack),
        .post("/candidatures/{id}/porteur/reponse", .signedIn, LeadOfferPages.answer),
        .post("/appels/{slug}/ouverture", .signedIn, CallCandidacyPages.open),
    ]
}
