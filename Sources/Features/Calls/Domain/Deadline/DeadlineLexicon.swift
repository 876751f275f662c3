/// The French words of dates, folded (lower case, no accents).
enum DeadlineLexicon {
    static func weekday(_ word: String) -> Int? {
        switch word {
        case "lundi", "lun": 1
        case "mardi", "mar": 2
        case "mercredi", "mer": 3
        case "jeudi", "jeu": 4
        case "vendredi", "ven", "vend": 5
        case "samedi", "sam": 6
        case "dimanche", "dim": 7
        default: nil
        }
    }

    static func month(_ word: String) -> Int? {
        switch word {
        case "janvier", "janv", "jan": 1
        case "fevrier", "fevr", "fev": 2
        case "mars": 3
        case "avril", "avr": 4
        case "mai": 5
        case "juin": 6
        case "juillet", "juil": 7
        case "aout": 8
        case "septembre", "sept", "sep": 9
        case "octobre", "oct": 10
        case "novembre", "nov": 11
        case "decembre", "dec": 12
        default: nil
        }
    }

    /// Small numbers as words, for « dans deux semaines » and « le premier mars ».
    static func number(_ word: String) -> Int? {
        switch word {
        case "un", "une", "premier", "premiere": 1
        case "deux": 2
        case "trois": 3
        case "quatre": 4
        case "cinq": 5
        case "six": 6
        case "sept": 7
        case "huit": 8
        case "dix": 10
        case "quinze": 15
        case "trente": 30
        default: nil
        }
    }

    /// Words that say how the sentence is built and nothing of the instant.
    static let links: Set<String> = [
        "a", "au", "aux", "d", "dans", "de", "des", "du", "en", "est", "et", "etre", "fixe", "fixee", "heure", "heures",
        "ici", "il", "journee", "jour", "l", "la", "le", "les", "mois", "moment", "nuit", "plus", "pour", "precises",
        "precise", "s", "strictement", "sonnante", "sonnantes", "tard", "tapant", "tapante", "tapantes", "tout",
        "toute",
        "un", "une", "annee", "n", "qu",
    ]

    /// Words about deposits that may surround a limit: they need no remark.
    static let surroundings: Set<String> = [
        "appel", "candidat", "candidats", "candidature", "candidatures", "cloture", "date", "delai", "depose",
        "deposee",
        "deposees", "deposer", "deposes", "depot", "depots", "dernier", "derniere", "doit", "doivent", "dossier",
        "dossiers", "electronique", "envoi", "envoyer", "fermeture", "fin", "limite", "ouvert", "ouverte", "reception",
        "recu", "recus", "remise", "rendre", "reponse", "reponses", "retour", "voie",
    ]

    /// Words that make a limit uncertain: they are refused rather than left aside.
    static func uncertainty(_ word: String) -> String? {
        switch word {
        case "environ", "vers", "approximativement", "courant":
            "ne donne pas un instant précis"
        case "matin", "matinee", "soir", "soiree", "semaine", "semaines":
            "ne donne pas un instant précis"
        case "moins": "demande un calcul"
        case "quart", "demi", "demie", "zero", "deux", "trois", "quatre", "cinq", "six", "huit", "neuf", "dix", "onze",
            "douze", "treize", "quatorze", "quinze", "seize", "vingt", "trente", "quarante", "cinquante":
            "est un nombre écrit en lettres"
        case "veille", "lendemain", "surlendemain":
            "compte à partir d’un autre jour"
        case "prochain", "prochaine", "suivant", "suivante", "mi":
            "ne donne pas un jour précis"
        case "ouvre", "ouvres", "ouvrable", "ouvrables":
            "dépend d’un calendrier de jours travaillés"
        case "sauf", "hors", "excepte":
            "annonce une exception"
        case "ou": "annonce un choix"
        case "hier": "désigne un jour passé"
        default: nil
        }
    }
}
