import DramatisCompiler
import TestSupport
import Testing

/// Cues that look right and are never found as they are said.
@Suite struct CueSpellingTests {
  /// Cues as a list in YAML, and the code of what is found, or nil.
  @Test(arguments: [
    ("“well met”", "L045"), ("«bonjour»", "L045"), ("„servus“", "L045"), ("'\"hail\"'", "L045"),
    ("\"‘hail’\"", "L045"), ("\"(nods)\"", "L045"), ("\"[nods]\"", "L045"), ("\"<nods>\"", "L045"),
    ("「はい」", "L045"), ("\"so be it...\"", "L045"), ("so be it…", "L045"), ("¡hola!", "L045"),
    ("\"_hail_\"", "L045"), ("hail!", "L045"),
    ("\"/hail/i\"", "L044"), ("hail / well met", "L044"), ("hail/hello", "L044"), ("\"ha+il\"", "L044"),
    ("\"[Hh]ail\"", "L044"), ("\"hail {name}\"", "L044"),
    ("\"hail, hello, well met\"", "L043"), ("\"hail; hello\"", "L043"),
    ("\"it's you\", \"it’s you\"", "L012"), ("\"don't go\", \"don’t go\"", "L012"), ("Hail, hail", "L012"),
    ("well met", nil), ("\"#hail\"", nil), ("\":)\"", nil), ("\"hail :)\"", nil), ("c++", nil),
    ("\"'tis\"", nil),
    ("doin'", nil), ("24/7", nil), ("he/she", nil), ("and/or", nil), ("\"well, well\"", nil),
    ("\"no, thank you\"", nil), ("you … there", nil), ("\"hail (again)\"", nil), ("Mr.", nil),
    ("A+ student", nil),
    ("\"yes, yes, yes\"", nil), ("\"5 (five)\"", nil), ("p.m.", nil), ("\"*bows*\"", nil),
  ])
  func `what nobody says in a cue is told, and what is said is not`(cues: String, code: String?) {
    let profile = """
      dramatis: 1
      character: Orla
      questions:
        hailed: { ask: Does someone hail Orla?, cues: [\(cues)] }
      lines:
        - { when: hailed, say: Aye. }
        - Hm?

      """
    let compilation = Compilation(of: Array(profile.utf8), name: "orla.yaml").linted()
    let report = compilation.report(compilation.diagnostics)
    #expect(compilation.diagnostics.map(\.code.rawValue) == (code.map { [$0] } ?? []), "\(report)")
  }

  @Test(arguments: [
    ("aliases: Orla Reed, the miller\n", "L043"), ("aliases: [Orla Reed, the miller]\n", nil),
    ("voice: |\n  Short.\n  setting: A mill.\n", "L047"),
    ("summary: >\n  Of the mill.\n  greeting: Aye.\n", "L047"),
    ("summary: |\n  Of the mill.\n  Voice: short.\n  - Her hands are white.\n", nil),
    ("greeting:\n  1. Aye.\n  2. Well?\n", "L047"), ("greeting:\n  • Aye.\n  • Well?\n", "L047"),
    ("summary: &mill of the weir\n", "P062"), ("summary: &mill Of the weir.\nvoice: *mill\n", nil),
  ])
  func `texts that YAML joins, and names that nothing repeats, are told`(text: String, code: String?) {
    let profile = "dramatis: 1\ncharacter: Orla\n" + text + "lines: [Hm?]\n"
    let compilation = Compilation(of: Array(profile.utf8), name: "orla.yaml").linted()
    let report = compilation.report(compilation.diagnostics)
    #expect(compilation.diagnostics.map(\.code.rawValue) == (code.map { [$0] } ?? []), "\(report)")
  }
}
