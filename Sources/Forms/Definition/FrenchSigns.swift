extension String {
    /// The sentence with the spaces that French typography wants before `; : ! ? »` and after `«`: narrow and unbreakable.
    var narrow: String {
        var result = ""
        var previous: Character?
        for character in self {
            if character == " ", previous == "«" {
                result.append("\u{202F}")
            } else {
                if ";:!?»%€".contains(character), previous == " " {
                    result.removeLast()
                    result.append("\u{202F}")
                }
                result.append(character)
            }
            previous = character
        }
        return result
    }
}
