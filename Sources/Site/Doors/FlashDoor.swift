import HTTPTypes

/// The sentence an act leaves for the next page: sealed in a cookie, shown once.
enum FlashDoor {
    static func enter(_ visit: inout Visit) {
        guard let text = Cookies.value(visit.reception.flashCookie, in: visit.headers) else { return }
        visit.flash = visit.reception.keys.flash(sealed: text)
    }

    static func leave(_ visit: Visit, _ answer: inout Answer) {
        let reception = visit.reception
        if let flash = answer.flash {
            let text = reception.keys.sealed(flash: flash)
            answer.headers.append(
                HTTPField(
                    name: .setCookie,
                    value: Cookies.set(reception.flashCookie, text, seconds: 120, secure: reception.isSecure)))
        } else if visit.flash != nil, answer.headers[.contentType]?.hasPrefix("text/html") == true {
            answer.headers.append(
                HTTPField(
                    name: .setCookie,
                    value: Cookies.set(reception.flashCookie, "", seconds: 0, secure: reception.isSecure)))
        }
    }
}
