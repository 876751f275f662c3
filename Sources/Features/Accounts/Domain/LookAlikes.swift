/// Characters by which a name or an address passes for another: folded when harmless, refused when not.
enum LookAlikes {
    /// The compatibility forms met in practice, made plain: full-width letters and signs, no-break and ideographic
    /// spaces.
    static func folded(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0xFF01...0xFF5E:
                scalars.append(Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar)
            case 0xA0, 0x2000...0x200A, 0x202F, 0x205F, 0x3000:
                scalars.append(" ")
            default:
                scalars.append(scalar)
            }
        }
        return String(scalars)
    }

    /// Zero-width, direction-changing, control and unassigned characters.
    static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
            return true
        default:
            // Fillers that are letters to Unicode and nothing to the eye.
            return [0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180E, 0x3164, 0xFFA0].contains(scalar.value)
                || (0xFE00...0xFE0F).contains(scalar.value)
        }
    }

    enum Script: Hashable {
        case latin, greek, cyrillic, armenian, other
    }

    /// The alphabets that imitate each other, as far as the text uses them; signs and digits belong to none.
    static func scripts(of text: String) -> Set<Script> {
        var scripts: Set<Script> = []
        for scalar in text.unicodeScalars where scalar.properties.isAlphabetic {
            switch scalar.value {
            case 0x41...0x5A, 0x61...0x7A, 0xAA, 0xBA, 0xC0...0x24F, 0x1E00...0x1EFF: scripts.insert(.latin)
            case 0x370...0x3FF, 0x1F00...0x1FFF: scripts.insert(.greek)
            case 0x400...0x52F, 0x1C80...0x1C8F, 0x2DE0...0x2DFF, 0xA640...0xA69F: scripts.insert(.cyrillic)
            case 0x530...0x58F: scripts.insert(.armenian)
            default: scripts.insert(.other)
            }
        }
        return scripts
    }
}
