import Forms
import Testing

@Suite struct FormTests {
    @Test func aFormKnowsItsVersion() {
        #expect(Form(version: 2) != Form(version: 3))
    }
}
