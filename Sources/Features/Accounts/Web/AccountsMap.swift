extension SiteMap {
    /// The URLs of Accounts.
    static let accounts: [Route] = [
        .get("/connexion", .everyone, SignInPages.show),
        .post("/connexion", .everyone, SignInPages.ask),
        .post("/connexion/mot-de-passe", .everyone, SignInPages.password),
        .get("/connexion/code", .everyone, SignInPages.showCode),
        .post("/connexion/code", .everyone, SignInPages.code),
        .get("/connexion/lien/{secret}", .everyone, SignInPages.showLink),
        .post("/connexion/lien/{secret}", .everyone, SignInPages.link),
        .post("/deconnexion", .everyone, SignInPages.leave),
        .get("/premier-compte", .everyone, FirstAccountPages.show),
        .post("/premier-compte", .everyone, FirstAccountPages.create),

        .get("/mon-compte", .signedIn, AccountPages.show),
        .post("/mon-compte/nom", .signedIn, AccountPages.rename),
        .post("/mon-compte/adresse", .signedIn, AccountPages.askEmail),
        .get("/mon-compte/adresse/{secret}", .signedIn, AccountPages.showEmail),
        .post("/mon-compte/adresse/{secret}", .signedIn, AccountPages.confirmEmail),
        .post("/mon-compte/mot-de-passe", .signedIn, AccountPages.choosePassword),
        .post("/mon-compte/mot-de-passe/suppression", .signedIn, AccountPages.removePassword),
        .post("/mon-compte/sessions/{session}/fermeture", .signedIn, AccountPages.closeSession),
        .post("/mon-compte/sessions/fermeture", .signedIn, AccountPages.closeOthers),
        .post("/mon-compte/roles/{grant}/fin", .signedIn, AccountPages.resign),
        .get("/mon-compte/donnees.json", .signedIn, AccountPages.data),
        .get("/mon-compte/donnees.zip", .signedIn, AccountPages.archive),
        .get("/mon-compte/fermeture", .signedIn, ClosingPages.show),
        .post("/mon-compte/fermeture", .signedIn, ClosingPages.close),

        .get("/invitations/{secret}", .everyone, InvitationPages.show),
        .post("/invitations/{secret}", .signedIn, InvitationPages.accept),

        .get("/administration/comptes", .signedIn, AccountAdministrationPages.list),
        .post("/administration/comptes", .signedIn, AccountAdministrationPages.add),
        .get("/administration/comptes/{account}", .signedIn, AccountAdministrationPages.show),
        .post("/administration/comptes/{account}/roles", .signedIn, AccountAdministrationPages.grant),
        .post("/administration/roles/{grant}/fin", .signedIn, AccountAdministrationPages.revoke),
        .get("/exploitation", .operator, MachineryPages.show),
        .get("/administration/courriers", .operator, MachineryPages.letters),
        .get("/administration/sauvegardes", .operator, BackupPages.show),
        .get("/administration/journal", .signedIn, MachineryPages.journal),
    ]
}
