/// A processing of personal data, as the register of article 30 of the GDPR lists it. Each table belongs to one.
public enum Processing: String, Sendable, CaseIterable {
    case accounts, mail, directory, calls, candidacies, instruction, jury, decisions, funding, security

    public var name: String {
        switch self {
        case .accounts: "Comptes et rôles"
        case .mail: "Courriels et alertes"
        case .directory: "Annuaire des lieux"
        case .calls: "Appels à projets"
        case .candidacies: "Candidatures et dépôts"
        case .instruction: "Instruction des dossiers"
        case .jury: "Jurys"
        case .decisions: "Sélection et décisions"
        case .funding: "Aides, conventions et versements"
        case .security: "Sécurité et preuve"
        }
    }

    public var purpose: String {
        switch self {
        case .accounts: "Reconnaître chacun, lui ouvrir ce qu’il a le droit de voir et de faire."
        case .mail: "Prévenir les personnes de ce qui les concerne."
        case .directory: "Faire connaître les tiers-lieux du réseau et tenir leurs fiches à jour."
        case .calls: "Publier les appels, leurs règles, et répondre aux questions."
        case .candidacies: "Écrire, déposer et prouver le dépôt d’une candidature."
        case .instruction: "Vérifier les dossiers, demander ce qui manque, recueillir des avis."
        case .jury: "Évaluer les dossiers sans conflit d’intérêts."
        case .decisions: "Décider, motiver, notifier, recevoir les recours."
        case .funding: "Attribuer l’argent public, le verser et en rendre compte."
        case .security: "Protéger le service et prouver qui a fait quoi."
        }
    }

    public var basis: LegalBasis {
        switch self {
        case .accounts: .contract
        case .mail: .consent
        case .directory, .security: .interest
        case .calls, .candidacies, .instruction, .jury, .decisions: .publicTask
        case .funding: .legalDuty
        }
    }

    /// Who may read it.
    public var recipients: String {
        switch self {
        case .accounts: "La personne elle-même\u{202F}; la coordination et l’administration technique."
        case .mail: "Le serveur de courriel de l’hébergeur."
        case .directory: "Tout le monde, pour ce que la fiche publie."
        case .calls: "Tout le monde, pour ce qui est publié\u{202F}; l’équipe de l’appel."
        case .candidacies: "Les auteurs du dossier\u{202F}; après le dépôt, l’équipe de l’appel."
        case .instruction: "L’équipe de l’appel et les personnes à qui un avis est demandé."
        case .jury: "Les membres du jury et l’équipe de l’appel."
        case .decisions: "L’équipe de l’appel\u{202F}; le candidat, une fois la décision notifiée."
        case .funding: "Les financeurs concernés, le bénéficiaire, le comptable public."
        case .security: "L’administration technique\u{202F}; l’équipe d’un appel, pour les actes de cet appel."
        }
    }
}

/// What makes a processing lawful (article 6 of the GDPR).
public enum LegalBasis: Sendable {
    case consent, contract, legalDuty, publicTask, interest

    public var label: String {
        switch self {
        case .consent: "consentement (article\u{A0}6.1.a)"
        case .contract: "exécution du service demandé (article\u{A0}6.1.b)"
        case .legalDuty: "obligation légale (article\u{A0}6.1.c)"
        case .publicTask: "mission d’intérêt public (article\u{A0}6.1.e)"
        case .interest: "intérêt légitime (article\u{A0}6.1.f)"
        }
    }
}
