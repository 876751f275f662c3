import Exchange
import Testing

@Suite("Plain text out of HTML") struct HTMLTextTests {
    @Test(arguments: [
        ("<ul><li>lundi&nbsp;: 9h</li><li>mardi</li></ul>", "lundi\u{A0}: 9h\nmardi"),
        ("a<br>b<br/>c<BR />d", "a\nb\nc\nd"),
        ("<p class=\"x>y\">L&rsquo;&eacute;t&eacute;</p>\n<p>&#233;&#xE9;&#146; &amp;amp;</p>", "L’été\néé’ &amp;"),
        ("1 < 2 & 3 > 2", "1 < 2 & 3 > 2"), ("fin <b", "fin <b"),
        ("&inconnu; &#0; &#xD800; &", "&inconnu; &#0; &#xD800; &"),
        ("a<!-- <p> -->b<script>alert('</p>')</script>c<style>p{}</style>d", "abcd"),
        ("<script>sans fin", ""), ("sans balise", "sans balise"), ("&euro;&oelig;&Agrave;&yuml;", "€œÀÿ"),
        ("&lt;script&gt;", "<script>"),
    ])
    func tagsGoAndEntitiesAreDecoded(html: String, expected: String) {
        #expect(HTMLText.plain(html) == expected)
    }

    @Test func aHostileCellTakesLinearTime() {
        let clock = ContinuousClock()
        let cell = String(repeating: "<a \"", count: 10_000)
        #expect(clock.measure { _ = HTMLText.plain(cell) } < .seconds(20))
    }
}
