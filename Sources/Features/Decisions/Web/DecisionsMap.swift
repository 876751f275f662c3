extension SiteMap {
    /// The URLs of selection and decision. Results alone are everybody's.
    static let decisions: [Route] = [
        .get("/appels/{slug}/selection", .signedIn, SelectionPages.show),
        .post("/appels/{slug}/selection", .signedIn, SelectionPages.run),
        .post("/appels/{slug}/selection/notes", .signedIn, SelectionPages.saveScores),
        .post("/appels/{slug}/selection/contraintes", .signedIn, SelectionPages.saveRules),
        .get("/appels/{slug}/decisions", .signedIn, DecisionPages.list),
        .post("/appels/{slug}/decisions", .signedIn, DecisionPages.prepare),
        .get("/appels/{slug}/decisions/{id}", .signedIn, DecisionPages.show),
        .post("/appels/{slug}/decisions/{id}", .signedIn, DecisionPages.record),
        .get("/appels/{slug}/decisions/{id}/courrier.pdf", .signedIn, DecisionPages.print),
        .post("/appels/{slug}/decisions/{id}/liste", .signedIn, DecisionPages.callFromList),
        .post("/appels/{slug}/decisions/{id}/recours", .signedIn, DecisionPages.receiveAppeal),
        .post("/appels/{slug}/decisions/{id}/recours/{appeal}", .signedIn, DecisionPages.answerAppeal),
        .get("/appels/{slug}/courriers", .signedIn, DecisionTextPages.show),
        .post("/appels/{slug}/courriers", .signedIn, DecisionTextPages.save),
        .post("/appels/{slug}/notification", .signedIn, DecisionPages.notify),
        .get("/appels/{slug}/resultats", .everyone, ResultPages.show).shared(seconds: 60),
        .post("/appels/{slug}/resultats", .signedIn, ResultPages.publish),
        .get("/candidatures/{id}/decision", .signedIn, OwnDecisionPages.show),
        .get("/candidatures/{id}/decision/courrier.pdf", .signedIn, OwnDecisionPages.print),
        .post("/candidatures/{id}/decision/recours", .signedIn, OwnDecisionPages.lodge),
        .post("/candidatures/{id}/decision/accord", .signedIn, OwnDecisionPages.consent),
        .post("/candidatures/{id}/decision/reprise", .signedIn, OwnDecisionPages.takeUp),
    ]
}
