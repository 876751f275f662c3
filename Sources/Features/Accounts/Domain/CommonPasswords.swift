/// Words that passwords are made of before any other, in French and English. They count for nothing in a password
/// (ACC-8).
enum CommonPasswords {
    static let words: [String] = [
        // What people answer to « mot de passe ».
        "motdepasse", "motdepass", "motpasse", "monmotdepasse", "password", "passwort", "passe", "passw", "pass",
        "secret",
        "ouvretoi", "sesame", "changeme", "changezmoi", "letmein", "welcome", "bienvenue", "connexion", "login",
        "identifiant",
        "administrateur", "administrator", "admin", "utilisateur", "invite", "guest", "default", "test", "essai",
        "root",
        // Keyboards and series.
        "azertyuiop", "qsdfghjklm", "wxcvbn", "azerty", "azer", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwerty",
        "qwertz",
        "abcdefghijkl", "abcdef", "abcd", "abc", "01234567890", "1234567890", "0987654321", "987654321", "123456789",
        "12345678", "1234567", "654321", "123456", "12345", "4321", "1234", "123", "1q2w3e4r5t", "1q2w3e", "1a2b3c",
        "aqwzsx", "qazwsx", "147258369", "159753", "789456123",
        // Loves, animals, seasons, football.
        "jetaime", "montamour", "monamour", "amour", "cheri", "cherie", "doudou", "loulou", "bisous", "bisou", "coucou",
        "bonjour", "salut", "soleil", "etoile", "chocolat", "nutella", "princesse", "princess", "iloveyou", "loveyou",
        "love",
        "sunshine", "dragon", "monkey", "chouchou", "choupette", "minou", "chaton", "chat", "chien", "lapin",
        "papillon",
        "licorne", "pokemon", "starwars", "superman", "batman", "football", "baseball", "basket", "marseille", "psg",
        "olympique",
        "zidane", "mbappe", "france", "paris", "bretagne", "toulouse", "lille", "lyon", "printemps", "automne", "hiver",
        "ete", "vacances", "maison", "famille", "maman", "papa", "enfant", "liberte", "egalite", "fraternite",
        "republique",
        "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre",
        "decembre", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "summer", "winter",
        "spring",
        "autumn", "flower", "hello", "master", "shadow", "freedom", "whatever", "trustno", "computer", "ordinateur",
        "internet", "google", "facebook", "samsung", "orange", "apple", "windows", "microsoft",
        // First names seen most in published leaks.
        "nicolas", "julien", "camille", "thomas", "alexandre", "antoine", "maxime", "quentin", "romain", "kevin",
        "marine",
        "pauline", "charlotte", "caroline", "sandrine", "isabelle", "nathalie", "valerie", "stephanie", "celine",
        "laura",
        "lucas", "hugo", "theo", "michael", "jessica", "ashley", "daniel", "charlie",
        // Phrases quoted so often that they are no longer secret.
        "correcthorsebatterystaple", "troubador", "ilfaitbeau", "jesuis", "cestmoi", "nimportequoi",
        // The field of this network.
        "maillage", "tierslieux", "tierslieu", "coworking", "fablab", "reseau", "association", "mairie", "atelier",
    ]
}
