extension SiteMap {
    /// The URLs of Instruction. None is shared between visitors: each shows what its reader may see.
    static let instruction: [Route] = [
        .get("/instruction", .signedIn, InstructionBoardPages.show),
        .post("/instruction", .signedIn, InstructionBoardPages.act),
        .get("/instruction/export", .signedIn, DossierExportPages.show),
        .post("/instruction/export", .signedIn, DossierExportPages.make).dangerous(),
        .get("/instruction/pieces/{request}.zip", .signedIn, PiecesArchivePages.send),
        .post("/instruction/recherches", .signedIn, InstructionBoardPages.keep),
        .post("/instruction/recherches/{search}/retrait", .signedIn, InstructionBoardPages.forget),
        .get("/appels/{slug}/instruction", .signedIn, CallInstructionPages.show),
        .post("/appels/{slug}/instruction/repartition", .signedIn, CallInstructionPages.share),
        .post("/appels/{slug}/instruction/controles", .signedIn, CallInstructionPages.setChecklist),
        .get("/candidatures/{id}/instruction", .signedIn, DossierPages.show),
        .get("/candidatures/{id}/instruction/dossier.pdf", .signedIn, DossierPrintPages.print),
        .post("/candidatures/{id}/instruction/prise", .signedIn, DossierPages.assign),
        .post("/candidatures/{id}/instruction/echeance", .signedIn, DossierPages.setDue),
        .post("/candidatures/{id}/instruction/controle", .signedIn, DossierPages.check),
        .post("/candidatures/{id}/instruction/issue", .signedIn, DossierPages.decide),
        .post("/candidatures/{id}/instruction/reouverture", .signedIn, DossierPages.reopen),
        .get("/candidatures/{id}/instruction/fichiers/{file}", .signedIn, DossierPages.file),
        .post("/candidatures/{id}/instruction/annotations", .signedIn, DossierPages.addNote),
        .post("/candidatures/{id}/instruction/annotations/{note}/retrait", .signedIn, DossierPages.removeNote),
        .get("/candidatures/{id}/instruction/complements", .signedIn, DossierRequestPages.show),
        .post("/candidatures/{id}/instruction/complements", .signedIn, DossierRequestPages.ask),
        .post(
            "/candidatures/{id}/instruction/complements/{request}/retrait", .signedIn, DossierRequestPages.cancel),
        .get("/candidatures/{id}/instruction/messages", .signedIn, DossierMessagePages.show),
        .post("/candidatures/{id}/instruction/messages", .signedIn, DossierMessagePages.send),
        .post("/candidatures/{id}/instruction/messages/lus", .signedIn, DossierMessagePages.markRead),
        .get("/candidatures/{id}/instruction/avis", .signedIn, DossierOpinionPages.show),
        .post("/candidatures/{id}/instruction/avis", .signedIn, DossierOpinionPages.ask),
        .post("/candidatures/{id}/instruction/avis/{opinion}/retrait", .signedIn, DossierOpinionPages.withdraw),
        .get("/candidatures/{id}/suivi", .signedIn, FollowUpPages.show),
        .post("/candidatures/{id}/suivi", .signedIn, FollowUpPages.send),
        .post("/candidatures/{id}/suivi/lus", .signedIn, FollowUpPages.markRead),
        .get("/candidatures/{id}/complements/{request}", .signedIn, PiecesPages.show),
        .post("/candidatures/{id}/complements/{request}", .signedIn, PiecesPages.save),
        .post("/candidatures/{id}/complements/{request}/envoi", .signedIn, PiecesPages.send),
        .post(
            "/candidatures/{id}/complements/{request}/pieces/{question}", .signedIn,
            body: .upload(limit: PiecesFilePages.bodyLimit), PiecesFilePages.attach),
        .post(
            "/candidatures/{id}/complements/{request}/pieces/{question}/retrait", .signedIn, PiecesFilePages.remove),
        .post("/candidatures/{id}/complements/{request}/envois", .signedIn, PiecesFilePages.beginUpload),
        .get("/candidatures/{id}/complements/{request}/envois/{upload}", .signedIn, CandidacyUploadPages.show),
        .patch(
            "/candidatures/{id}/complements/{request}/envois/{upload}", .signedIn,
            limit: CandidacyUploadPages.pieceLimit, CandidacyUploadPages.add),
        .post("/candidatures/{id}/complements/{request}/envois/{upload}", .signedIn, PiecesFilePages.finishUpload),
        .post(
            "/candidatures/{id}/complements/{request}/envois/{upload}/abandon", .signedIn, CandidacyUploadPages.cancel),
        .get("/avis", .signedIn, OpinionPages.list),
        .get("/avis/{id}", .signedIn, OpinionPages.show),
        .post("/avis/{id}", .signedIn, OpinionPages.answer),
        .get("/avis/{id}/fichiers/{file}", .signedIn, OpinionPages.file),
    ]

    /// What reads the register of places too.
    static let instructionAround: [Route] = [
        .get("/candidatures/{id}/instruction/alentours", .signedIn, DossierAroundPages.show)
    ]
}
