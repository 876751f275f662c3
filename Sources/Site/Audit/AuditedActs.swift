import Maillage

/// The acts that those who keep a call read in its audit, in plain words (SRV-6). What prepares a candidacy is not among them, nor what a
/// juror has not finished.
enum AuditedActs {
    static let words: [String: String] = Dictionary(
        (onCalls + onDossiers + onJuries + onDecisions).map { ($0.act.verb, $0.words) }, uniquingKeysWith: { $1 })

    static let verbs: [String] = words.keys.sorted()

    /// Acts whose author is nobody's business but their own.
    static let unsigned: Set<String> = [AskCallQuestion.verb]

    private static let onCalls: [(act: any Act.Type, words: String)] = [
        (CreateCall.self, "a créé l’appel"),
        (EditCall.self, "a modifié le brouillon de l’appel"),
        (SetCallForm.self, "a choisi le formulaire"),
        (FileFormDraft.self, "a publié une version du formulaire"),
        (DropFormDraft.self, "a abandonné une version de travail du formulaire"),
        (AmendCallForm.self, "a changé le formulaire publié"),
        (PublishCall.self, "a publié l’appel"),
        (AmendCall.self, "a publié un rectificatif"),
        (CancelCall.self, "a annulé l’appel"),
        (ExtendDeadline.self, "a proposé de repousser la limite"),
        (ConfirmExtension.self, "a confirmé la nouvelle limite"),
        (WithdrawExtension.self, "a retiré une proposition de limite"),
        (AddCallTeammate.self, "a ajouté une personne à l’équipe"),
        (InviteCallTeammate.self, "a invité une personne dans l’équipe"),
        (RevokeCallInvitation.self, "a repris une invitation dans l’équipe"),
        (AcceptCallInvitation.self, "est entré dans l’équipe"),
        (RemoveCallTeammate.self, "a retiré une personne de l’équipe"),
        (AskCallQuestion.self, "une question a été posée"),
        (AnswerCallQuestion.self, "a répondu à une question"),
        (OpenSealedCandidacies.self, "a ouvert les plis"),
        (ExportDossiers.self, "a exporté des dossiers"),
        (TakeDecisions.self, "a repris les décisions dans les aides"),
    ]

    private static let onDossiers: [(act: any Act.Type, words: String)] = [
        (DepositCandidacy.self, "a déposé le dossier"),
        (DepositConsentedDraft.self, "le dossier complet a été déposé, comme convenu"),
        (ReplayDeposit.self, "un dépôt du journal a été rendu à la base"),
        (WithdrawCandidacy.self, "a retiré le dossier"),
        (DecideLateCandidacy.self, "a décidé d’un dépôt hors délai"),
        (RecordPaperCandidacy.self, "a enregistré un dossier reçu autrement"),
        (AssignDossier.self, "a confié l’instruction"),
        (BalanceDossiers.self, "a réparti les dossiers"),
        (SetDossierDue.self, "a fixé une échéance d’instruction"),
        (SetChecklist.self, "a écrit la liste des contrôles"),
        (CheckDossier.self, "a contrôlé le dossier"),
        (AskForPieces.self, "a demandé des pièces"),
        (CancelPiecesRequest.self, "a annulé une demande de pièces"),
        (SendPieces.self, "a envoyé les pièces demandées"),
        (SendInstructionMessage.self, "a écrit un message"),
        (AddInstructionNote.self, "a écrit une note"),
        (RemoveInstructionNote.self, "a retiré une note"),
        (AskOpinion.self, "a demandé un avis"),
        (GiveOpinion.self, "a rendu un avis"),
        (WithdrawOpinion.self, "a retiré une demande d’avis"),
        (DecideAdmissibility.self, "a décidé de la recevabilité"),
        (ReopenInstruction.self, "a rouvert l’instruction"),
    ]

    private static let onJuries: [(act: any Act.Type, words: String)] = [
        (ComposeJury.self, "a réglé le jury"),
        (InviteJuror.self, "a invité un membre du jury"),
        (InviteFormerJurors.self, "a invité à nouveau le jury de la vague précédente"),
        (JoinJury.self, "est entré dans le jury"),
        (RemoveJuror.self, "a retiré un membre du jury"),
        (OpenJury.self, "a ouvert les lectures"),
        (AssignReadings.self, "a réparti les lectures"),
        (AssignByHand.self, "a confié un dossier à des lecteurs"),
        (FinishSheet.self, "a rendu une grille"),
        (ReopenSheet.self, "a rouvert une grille"),
        (DeclareConflict.self, "a déclaré un lien d’intérêt"),
        (FindConflicts.self, "a cherché des liens d’intérêt"),
        (SettleConflict.self, "a décidé d’un lien d’intérêt"),
        (OpenJurySession.self, "a ouvert la séance"),
        (PlanDossier.self, "a placé un dossier à l’ordre du jour"),
        (MarkAttendance.self, "a noté les présences"),
        (BeginDossier.self, "a appelé un dossier"),
        (GiveAdvice.self, "a donné l’avis du jury"),
        (MoveInRanking.self, "a déplacé un dossier dans le classement"),
        (UndoMove.self, "a défait un déplacement"),
        (SignMinutes.self, "a signé le procès-verbal"),
    ]

    private static let onDecisions: [(act: any Act.Type, words: String)] = [
        (SetSelectionRules.self, "a réglé les contraintes de la sélection"),
        (SaveSelectionScores.self, "a repris les notes pour la sélection"),
        (RecordSelectionRun.self, "a calculé une sélection"),
        (PrepareDecisions.self, "a préparé les décisions"),
        (RecordDecision.self, "a enregistré une décision"),
        (SetDecisionTexts.self, "a écrit les courriers de décision"),
        (NotifyDecisions.self, "a notifié les décisions"),
        (CallFromWaitingList.self, "a appelé un dossier de la liste d’attente"),
        (LodgeAppeal.self, "a déposé un recours"),
        (AnswerAppeal.self, "a répondu à un recours"),
        (PublishResults.self, "a publié les résultats"),
        (ConsentToPublication.self, "a répondu sur la publication de son projet"),
    ]
}
