extension SiteMap {
    /// The URLs of the form builder. Each page has its own form; nothing needs a script.
    static let builder: [Route] = [
        .get("/appels/{slug}/formulaire/{stage}", .signedIn, BuilderPages.show),
        .post("/appels/{slug}/formulaire/{stage}", .signedIn, BuilderPages.act),
        .get("/appels/{slug}/formulaire/{stage}/titre", .signedIn, BuilderSectionPages.showHeading),
        .post("/appels/{slug}/formulaire/{stage}/titre", .signedIn, BuilderSectionPages.saveHeading),
        .get("/appels/{slug}/formulaire/{stage}/section", .signedIn, BuilderSectionPages.showNew),
        .post("/appels/{slug}/formulaire/{stage}/section", .signedIn, BuilderSectionPages.add),
        .get("/appels/{slug}/formulaire/{stage}/section/{section}", .signedIn, BuilderSectionPages.show),
        .post("/appels/{slug}/formulaire/{stage}/section/{section}", .signedIn, BuilderSectionPages.save),
        .get("/appels/{slug}/formulaire/{stage}/section/{section}/condition", .signedIn, BuilderConditionPages.section),
        .post(
            "/appels/{slug}/formulaire/{stage}/section/{section}/condition", .signedIn,
            BuilderConditionPages.saveSection),
        .get("/appels/{slug}/formulaire/{stage}/question", .signedIn, BuilderQuestionPages.showNew),
        .post("/appels/{slug}/formulaire/{stage}/question", .signedIn, BuilderQuestionPages.add),
        .get("/appels/{slug}/formulaire/{stage}/question/{question}", .signedIn, BuilderQuestionPages.show),
        .post("/appels/{slug}/formulaire/{stage}/question/{question}", .signedIn, BuilderQuestionPages.save),
        .get("/appels/{slug}/formulaire/{stage}/question/{question}/nature", .signedIn, BuilderQuestionPages.showKind),
        .post(
            "/appels/{slug}/formulaire/{stage}/question/{question}/nature", .signedIn, BuilderQuestionPages.changeKind),
        .get("/appels/{slug}/formulaire/{stage}/question/{question}/affichee", .signedIn, BuilderConditionPages.shown),
        .post(
            "/appels/{slug}/formulaire/{stage}/question/{question}/affichee", .signedIn, BuilderConditionPages.saveShown
        ),
        .get(
            "/appels/{slug}/formulaire/{stage}/question/{question}/obligatoire", .signedIn,
            BuilderConditionPages.required),
        .post(
            "/appels/{slug}/formulaire/{stage}/question/{question}/obligatoire", .signedIn,
            BuilderConditionPages.saveRequired),
        .get("/appels/{slug}/formulaire/{stage}/regle", .signedIn, BuilderRulePages.showNew),
        .post("/appels/{slug}/formulaire/{stage}/regle", .signedIn, BuilderRulePages.add),
        .get("/appels/{slug}/formulaire/{stage}/regle/{rule}", .signedIn, BuilderRulePages.show),
        .post("/appels/{slug}/formulaire/{stage}/regle/{rule}", .signedIn, BuilderRulePages.save),
        .get("/appels/{slug}/formulaire/{stage}/copier", .signedIn, BuilderCopyPages.show),
        .post("/appels/{slug}/formulaire/{stage}/copier", .signedIn, BuilderCopyPages.copy),
        .get("/appels/{slug}/formulaire/{stage}/apercu", .signedIn, BuilderPreviewPages.show),
        .post("/appels/{slug}/formulaire/{stage}/apercu", .signedIn, BuilderPreviewPages.check),
        .get("/appels/{slug}/formulaire/{stage}/fichier", .signedIn, BuilderFilePages.show),
        .post(
            "/appels/{slug}/formulaire/{stage}/fichier", .signedIn, body: .upload(limit: BuilderFilePages.bodyLimit),
            BuilderFilePages.importFile),
        .get("/appels/{slug}/formulaire/{stage}/fichier.json", .signedIn, BuilderFilePages.export),
        .get("/appels/{slug}/formulaire/{stage}/historique", .signedIn, BuilderHistoryPages.show),
        .post("/appels/{slug}/formulaire/{stage}/historique", .signedIn, BuilderHistoryPages.restore),
        .get("/appels/{slug}/formulaire/{stage}/publier", .signedIn, BuilderFilingPages.show),
        .post("/appels/{slug}/formulaire/{stage}/publier", .signedIn, BuilderFilingPages.file),
    ]
}
