import Exchange
import Testing

@Suite struct OfficialNumbersTests {
    @Test func aSIRETHoldsByItsLastDigit() {
        #expect(OfficialNumbers.isSIRET("73282932000074"))
        #expect(!OfficialNumbers.isSIRET("73282932000075"))
        #expect(!OfficialNumbers.isSIRET("00000000000000"))
        #expect(!OfficialNumbers.isSIRET("7328293200007"))
        #expect(!OfficialNumbers.isSIRET("732829320000٧4"))
        #expect(OfficialNumbers.isSIRET("35600000049837"), "the establishments of La Poste have a rule of their own")
    }

    @Test func aSIRENAndAnRNAHold() {
        #expect(OfficialNumbers.isSIREN("732829320"))
        #expect(!OfficialNumbers.isSIREN("732829321"))
        #expect(OfficialNumbers.isRNA("W751234567"))
        #expect(OfficialNumbers.isRNA("W9R1004567"))
        #expect(!OfficialNumbers.isRNA("w751234567"))
        #expect(!OfficialNumbers.isRNA("W75123456"))
    }
}
