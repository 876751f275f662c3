import Foundation

/// Unicode normalisation form C, applied once where text comes in: both engines compare text by its bytes.
public enum ComposedText {
    /// The text in NFC. Texts of Latin letters without combining marks, nearly all, are returned as they are.
    public static func nfc(_ text: String) -> String {
        isSurelyComposed(text) ? text : text.precomposedStringWithCanonicalMapping
    }

    /// Below U+0300, and in the punctuation from U+2002 to U+20CF, no character composes or decomposes.
    private static func isSurelyComposed(_ text: String) -> Bool {
        for byte in text.utf8 where byte >= 0xCC {
            return text.unicodeScalars.allSatisfy { $0.value < 0x300 || (0x2002...0x20CF).contains($0.value) }
        }
        return true
    }
}
