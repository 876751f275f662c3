import Maillage
import Markup

/// The form that takes a receipt, and the files to compare with it.
struct ReceiptCheckView: View {
    var printed: Fingerprint?
    var problems: Problems
    var tokens: FormTokens
    var contact: String

    static let sample = ReceiptCheckView(
        printed: Fingerprint(of: []), problems: Problems(), tokens: .sample, contact: "contact@reseau.example")

    func render(into html: inout HTML) {
        html.h1("Vérifier un récépissé")
        html.add(ErrorSummary(problems, reassurance: "Rien n’a été gardé de ce que vous avez envoyé."))
        html.p(
            "Déposez le fichier «\u{202F}recepisse.json\u{202F}» reçu lors du dépôt\u{202F}: cette page dit si le réseau l’a délivré, et si "
                + "rien n’y a changé depuis. Ajoutez les fichiers déposés pour savoir si ce sont bien les mêmes. Rien n’est "
                + "gardé de ce que vous envoyez ici.")
        if let printed {
            html.p { html in
                html.text("Le récépissé imprimé porte l’empreinte ")
                html.code(printed.grouped)
                html.text("\u{202F}: elle sera comparée.")
            }
        }
        html.postForm(
            to: Link(path: "recepisses", "verifier"), token: tokens.token(Paths.receiptCheck), sendsFiles: true
        ) { html in
            if let printed { html.add(HiddenField(ReceiptCheckForm.printed, printed.text)) }
            html.add(
                FileField(
                    ReceiptCheckForm.receipt, "Fichier du récépissé",
                    help: "Le fichier .json, tel qu’il a été téléchargé.",
                    error: problems.message(ReceiptCheckForm.receipt), isRequired: false,
                    accept: ".json,application/json"))
            html.add(
                TextArea(
                    ReceiptCheckForm.text, "Ou son texte, collé ici", error: problems.message(ReceiptCheckForm.text),
                    isRequired: false, rows: 4))
            html.add(
                FileField(
                    ReceiptCheckForm.files, "Fichiers déposés à comparer",
                    help: "\(ReceiptCheckPages.limit >> 20)\u{A0}Mo au plus en tout.", isRequired: false,
                    isMultiple: true))
            html.actions { $0.submit("Vérifier") }
        }
        html.section { html in
            html.h2("Sans ce site")
            html.p { html in
                html.text(
                    "Un récépissé se vérifie aussi sur votre ordinateur, sans Maillage et sans connexion\u{202F}: ")
                html.a("comment faire avec openssl", .href(Paths.receiptOpenSSL))
                html.text(", avec ")
                html.a("les clés publiques du réseau", .href(Paths.receiptKeys))
                html.text(".")
            }
            html.p { html in
                html.text("Chaque nuit, ")
                html.a("une empreinte de tous les récépissés est signée et publiée", .href(Paths.receiptHeads))
                html.text("\u{202F}: aucun ne peut être ajouté, retiré ou antidaté sans que cela se voie.")
            }
        }
    }
}

/// What came of it: each check in words, then what the receipt says when it may be believed.
struct ReceiptFindingsView: View {
    var found: ReceiptVerification
    /// Whether it is the receipt whose fingerprint was printed; nil when none was given.
    var isPrintedOne: Bool?
    var isAccepted: Bool
    /// Where the receipt stands under a published head; nil before its night.
    var proof: ReceiptProof?

    func render(into html: inout HTML) {
        html.h1(isAccepted ? "Ce récépissé est valide" : "Ce récépissé est refusé")
        html.p(.class("lead")) { html in
            if isAccepted {
                html.text("Le réseau l’a délivré, et rien n’y a changé depuis.")
            } else if isPrintedOne == false, found.isValid {
                html.text("Il est authentique, mais ce n’est pas celui dont l’empreinte est imprimée.")
            } else {
                html.text(found.fault?.sentence ?? "")
            }
        }
        html.h2("Ce qui a été vérifié")
        html.ul { html in
            for check in found.checks { item(check.holds, check.sentence, into: &html) }
            if let isPrintedOne {
                let sentence =
                    isPrintedOne
                    ? "L’empreinte imprimée est celle de ce récépissé."
                    : "L’empreinte imprimée est celle d’un autre récépissé."
                item(isPrintedOne, sentence, into: &html)
            }
        }
        if isAccepted, let signed = found.signed {
            html.add(ReceiptNightView(fingerprint: signed.fingerprint, proof: proof))
        }
        if let signed = found.signed, found.checks.contains(where: { $0.outcome == .signature }) {
            html.h2("Ce que dit le récépissé")
            html.add(ReceiptFacts(signed: signed))
        }
        html.actions { $0.a("Vérifier un autre récépissé", .href(Paths.receiptCheck), .class("button")) }
    }

    private func item(_ holds: Bool, _ sentence: String, into html: inout HTML) {
        html.li { html in
            html.add(Badge(holds ? "Vérifié" : "Refusé", holds ? .good : .bad))
            html.text(" " + sentence)
        }
    }
}
