import Maillage
import Markup
import Storage

/// What two persons decide about an account.
enum AccountOrderPages {
    static func proposeReset(_ visit: Visit) async throws -> Answer {
        let id = try visit.identifier("account", of: Account.ID.self)
        do {
            _ = try await visit.perform(
                ProposeFactorReset(of: id, reason: visit.form["motif_second_facteur"] ?? "", head: visit.head))
            return .done(
                "La demande est faite\u{202F}: une autre personne doit maintenant la confirmer.", to: Paths.accounts)
        } catch let problems as Problems {
            return try await AccountAdministrationPages.showPage(visit, id, problems: problems)
        }
    }

    static func confirm(_ visit: Visit) async throws -> Answer {
        let act = ConfirmAccountOrder(try visit.identifier("order", of: AccountOrder.ID.self), head: visit.head)
        let order = try await visit.perform(act)
        return .done("C’est fait, et la personne est prévenue.", to: Paths.account(order.account))
    }

    static func drop(_ visit: Visit) async throws -> Answer {
        try await visit.perform(DropAccountOrder(visit.identifier("order", of: AccountOrder.ID.self)))
        return .done("La demande est retirée.", to: Paths.accounts)
    }
}

/// One order that waits, as its reader stands to it.
struct AccountOrderLine: Sendable {
    let order: AccountOrder
    let holder: String
    let proposer: String
    let maySettle: Bool
    let isOwn: Bool

    var mayConfirm: Bool { maySettle && !isOwn }

    /// Two statements, whatever the count.
    static func open(_ principal: Principal, at now: Instant, _ reader: Reader) throws -> [AccountOrderLine] {
        let orders = try AccountOrderStore.open(as: principal, at: now, reader)
        guard !orders.isEmpty else { return [] }
        let names = try AccountStore.names(Array(Set(orders.flatMap { [$0.account, $0.proposedBy] })), reader)
        return orders.map { order in
            AccountOrderLine(
                order: order, holder: names[order.account] ?? "", proposer: names[order.proposedBy] ?? "",
                maySettle: AccountRights.maySettle(principal, order), isOwn: order.proposedBy == principal.account)
        }
    }

    /// For the home page: how many wait for this reader.
    static func duties(_ visit: Visit) async throws -> [HomeDuty] {
        let (principal, now) = (visit.principal, visit.now)
        guard principal.isOperator || principal.isCoordinator else { return [] }
        let waiting = try await visit.read { try open(principal, at: now, $0) }.filter(\.mayConfirm).count
        guard waiting > 0 else { return [] }
        return [
            HomeDuty(
                sentence: Format.count(waiting, "demande attend", "demandes attendent") + " une seconde personne.",
                label: "Confirmer ou retirer", path: Paths.accounts)
        ]
    }
}

struct AccountOrderList: View {
    var lines: [AccountOrderLine]
    var tokens: FormTokens

    func render(into html: inout HTML) {
        guard !lines.isEmpty else { return }
        html.section(.class("card")) { html in
            html.h2("À confirmer par une seconde personne")
            html.ul(.class("plain")) { html in
                for line in lines { html.li { render(line, into: &$0) } }
            }
        }
    }

    private func render(_ line: AccountOrderLine, into html: inout HTML) {
        html.p { html in
            html.strong(Format.capitalized(line.order.label))
            html.text(" pour ")
            html.a(line.holder, .href(Paths.account(line.order.account)))
            if case .role(_, let until) = line.order.matter {
                html.text(", jusqu’au " + Moment.day(Instant(microseconds: until.microseconds - 1)))
            }
            html.text(", demandé par \(line.proposer) \(Moment.text(line.order.proposedAt)).")
        }
        html.p("Motif\u{202F}: \(line.order.reason)")
        html.div(.class("row")) { html in
            if line.mayConfirm {
                html.writingButton("Confirmer", to: Paths.orderConfirmation(line.order.id), tokens, style: .primary)
            }
            if line.maySettle {
                html.writingButton("Retirer la demande", to: Paths.orderRemoval(line.order.id), tokens, style: .plain)
            }
        }
        if line.isOwn { html.p("Une autre personne que vous doit confirmer.", .class("muted")) }
    }
}
