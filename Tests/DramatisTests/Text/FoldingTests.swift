import Testing

@testable import Dramatis

@Suite struct FoldingTests {
  @Test(arguments: [
    ["Mara", "MARA", " mara ", "\u{A0}mara\n"], ["straße", "STRASSE", "Straẞe", "strasse"],
    ["Ὀδυσσεύς", "ὈΔΥΣΣΕΎΣ", "ὀδυσσεύσ"], ["İ", "i", "I", "ı", "I\u{307}", "i\u{307}"],
    ["Ị\u{307}", "I\u{307}\u{323}", "İ\u{323}", "\u{1ECB}"], ["Zoë", "ZOE\u{308}", "zoë"],
    ["Å", "\u{212B}", "a\u{30A}"], ["d'Anna", "D\u{2019}ANNA", "d\u{2BC}anna", "d\u{2018}Anna"],
    ["\"x\"", "\u{201C}X\u{201D}"], ["x-y", "x\u{2010}y", "x\u{2011}Y"], ["a b", "A \t\r\n\u{2003}\u{85}B"],
    ["❤", "❤️", "❤︎"], ["ΰ", "Υ\u{308}\u{301}", "\u{3B0}"], ["ᾳ", "ᾼ", "Α\u{345}"], ["ﬃ", "FFI"], ["ŉ", "'N"],
    ["οδυσσέας", "ΟΔΥΣΣΕΑΣ", "ΟΔΥΣΣΈΑΣ"], ["Μάιος", "ΜΑΪΟΣ"],
    ["can't", "can´t", "can`t", "can\u{2BC}t", "can′t", "can＇t"],
    ["\"x\"", "„x“", "«x»", "「x」", "″x″", "＂x＂"], ["'x'", "‚x‘", "‹x›", "‛x’"],
    ["x-y", "x–y", "x—y", "x−y", "x‒y", "x－y", "x⸺y", "x\u{5BE}y"], ["x?", "x？", "x؟", "x⸮", "x፧", "x︖"],
    ["x!", "x！", "x❗", "x︕"], ["x?!", "x⁈", "x‽"], ["τι?", "τι;", "τι\u{37E}"], ["x...", "x…"],
    ["sorry", "ｓｏｒｒｙ", "ＳＯＲＲＹ", "𝓼𝓸𝓻𝓻𝔂", "sor\u{200B}ry", "sor\u{2060}ry", "sor\u{FEFF}ry", "so\u{200D}rry"],
    ["カギ", "ｶｷﾞ", "カキ\u{3099}"], ["بيت", "ﺑﻴﺖ"], ["9", "９", "𝟗"], ["Ꭰ", "ꭰ"], ["K", "\u{212A}"],
    ["각", "\u{1100}\u{1161}\u{11A8}"], ["Ǆ", "ǅ", "ǆ"],
  ])
  func `these spellings are one name`(_ spellings: [String]) {
    #expect(Set(spellings.map(FoldedName.init)).count == 1)
    #expect(spellings.allSatisfy { $0.isSameName(as: spellings[0]) })
  }

  @Test(arguments: [
    ("Mara", "Mära"), ("e", "é"), ("a b", "ab"), ("í", "i"), ("👩", "👩‍🚀"), ("❤", "❤️‍🔥"), ("¿x", "?x"), ("が", "か"),
  ])
  func `these names differ`(one: String, other: String) {
    #expect(!one.isSameName(as: other))
  }

  @Test func `folding every scalar twice changes nothing more, nor does its case`() {
    let scalars = (UInt32(0)...0x1FFFF).compactMap(Unicode.Scalar.init).map { String($0) }
    let unstable = scalars.filter { $0.folded().folded() != $0.folded() }
    let caseful = scalars.filter {
      $0.lowercased().folded() != $0.folded() || $0.uppercased().folded() != $0.folded()
    }
    #expect(unstable.isEmpty)
    #expect(caseful.isEmpty)
  }

  @Test func `a tower of marks is cut`() {
    #expect(("e" + String(repeating: "\u{301}", count: 1000)).folded().unicodeScalars.count == 31)
  }
}
