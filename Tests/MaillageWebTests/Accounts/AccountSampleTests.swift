import Foundation
import Markup
import Testing

@testable import Maillage
@testable import MaillageWeb

/// Every view of Accounts has a sample, which shows what the view is for.
@Suite struct AccountSampleTests {
    private static func text(_ view: some View) -> String { String(decoding: view.rendered(), as: UTF8.self) }

    private static let samples: [(name: String, html: String, holds: [String])] = [
        ("list", text(AccountListView.sample), ["Léa Martin", "L’Atelier", "1 compte"]),
        ("sheet", text(AccountSheetView.sample), ["lea@exemple.fr", "L’Atelier", "Agent financeur"]),
        (
            "own", text(AccountView.sample),
            ["Léa Martin", "Firefox sur Linux", "L’Atelier", "La Menuiserie ouverte", "Brouillon"]
        ),
        ("journal", text(JournalView.sample), ["EditPlace", "Léa Martin", "fields=horaires"]),
        ("link", text(SignInLinkView.sample), ["Créer mon compte", "Votre nom"]),
        ("sign in", text(SignInView.sample), ["lea@exemple.fr"]), ("code", text(SignInCodeView.sample), ["code"]),
        ("first account", text(FirstAccountView.sample), ["Premier compte", "lea@exemple.fr", "Mot de passe"]),
        ("second step", text(SecondStepView.sample), ["Code à six chiffres", "Code de secours"]),
        ("emergency", text(EmergencyView.sample), ["Prendre ce rôle", "Une limite à repousser"]),
        ("back from a service", text(IdentityReturnView.sample), ["Continuer", "ProConnect"]),
        ("nobody came in", text(IdentityRefusalView.sample), ["Connexion interrompue", "ProConnect"]),
        ("to tie", text(IdentityTieView.sample), ["Léa Martin, lea@exemple.fr", "Relier mon compte"]),
        ("out of a service", text(IdentityExitView.sample), ["Fermer aussi la session chez ProConnect"]),
        ("factor again", text(FactorCheckView.sample), ["Continuer"]),
        ("second factor", text(SecondFactorView.sample), ["Coordination du réseau", "AAAA AAAA", "Confirmer"]),
        ("recovery codes", text(RecoveryCodesView.sample), ["AAAA-", "J’ai gardé"]),
        ("end of the session", text(SessionEndView.sample), ["Sans autre usage du site", "Rester connecté"]),
        ("session kept", text(SessionExtendedView.sample), ["C’est fait", "reste ouverte jusqu’au"]),
        ("closing", text(ClosingView.sample), ["L’Atelier"]), ("letters", text(LettersView.sample), ["délai dépassé"]),
        ("backups", text(BackupsView.sample), ["the disk is full", "maillage-20260921T141320Z.tar.age"]),
    ]

    @Test(arguments: samples.map(\.name))
    func aSampleShowsOneThingUnderOneTitle(name: String) throws {
        let sample = try #require(Self.samples.first { $0.name == name })
        #expect(sample.html.components(separatedBy: "<h1").count == 2, "one title")
        for word in sample.holds {
            #expect(sample.html.replacing("\u{A0}", with: " ").contains(word), "\(name) shows \(word)")
        }
        // A form that writes carries the token that the door asks for.
        for form in sample.html.split(separator: "<form ").dropFirst() where form.hasPrefix("method=\"post\"") {
            #expect(form.contains("name=\"\(FormToken.fieldName)\""), "\(name): \(form.prefix(80))")
        }
    }
}
