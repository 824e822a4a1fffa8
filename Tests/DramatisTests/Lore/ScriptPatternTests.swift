import Dramatis
import Testing

/// Patterns as JavaScript has them; what is expected is what its specification says.
@Suite struct ScriptPatternTests {
  /// A pattern between slashes, a text, and whether it is found there.
  static let cases: [(pattern: String, text: String, isFound: Bool)] = [
    ("/rope/", "a rope", true), ("/Rope/", "a rope", false), ("/Rope/i", "a ROPE", true),
    ("/^rope/", "a rope", false),
    ("/^rope/m", "a\nrope", true), ("/rope$/", "rope\n", false), ("/rope$/m", "rope\n", true),
    ("/a.c/", "a\nc", false),
    ("/a.c/s", "a\nc", true), ("/a|b|/", "zzz", true), ("/(?:ab)+c/", "ababc", true),
    ("/ab{2,3}c/", "abc", false),
    ("/ab{2,3}c/", "abbbc", true), ("/ab{2,}c/", "abbbbbc", true), ("/ab{2}c/", "abbbc", false),
    ("/a{,2}/", "a{,2}", true),
    ("/a{/", "a{", true), ("/[a-c]x/", "bx", true), ("/[^a-c]x/", "bx", false), ("/[^a-c]x/", "dx", true),
    ("/[]/", "a", false), ("/[^]/", "\n", true), ("/[-a]/", "-", true), ("/[a-]/", "-", true),
    ("/[\\w-]x/", "-x", true),
    ("/[\\]]/", "]", true), ("/\\bice\\b/", "an ice age", true), ("/\\bice\\b/", "mice", false),
    ("/\\Bice/", "mice", true),
    ("/\\bé/", "né", true), ("/\\bß/", "Straße", true), ("/\\d{4}/", "in 1492", true), ("/\\D/", "12", false),
    ("/\\s/", "a\u{3000}b", true), ("/\\S/", "\u{FEFF}", false), ("/\\x41\\u0042/", "AB", true),
    ("/\\cJ/", "\n", true),
    ("/\\//", "a/b", true), ("/foo(?=bar)/", "foobar", true), ("/foo(?=bar)/", "foobaz", false),
    ("/foo(?!bar)/", "foobar", false), ("/foo(?!bar)/", "foobaz", true),
    ("/(?<=the )bell/", "the bell", true),
    ("/(?<=the )bell/", "a bell", false), ("/(?<!the )bell/", "the bell", false),
    ("/(?<!the )bell/", "a bell", true),
    ("/(?=.*b)a/", "ab", true), ("/(?=.*b)a/", "a", false), ("/(?<=a(?=b))b/", "ab", true),
    ("/(?<=^a+)b/", "aaab", true),
    ("/(?<=^a+)b/", "caab", false), ("/a*?b/", "aab", true), ("/b/y", "ab", false), ("/a/y", "ab", true),
    ("/.{2}/", "👍", true), ("/^.$/", "👍", false), ("/^.$/u", "👍", true), ("/\\u{1F44D}/u", "👍", true),
    ("/(?<name>a)b/", "ab", true), ("/ΣΟΦΟΣ/i", "σοφός", false), ("/ΣΟΦΟΣ/i", "σοφος", true),
    ("/ẞ/i", "ß", false),
    ("/ſ/i", "s", false), ("/(a(b(c)?)?)?d/", "abd", true), ("/^(a+)+$/", "aaaa", true),
    ("/\\0/", "\u{0}", true),
    ("/[\\b]/", "\u{8}", true), ("/x*/", "", true), ("/(|a)b/", "b", true), ("/\\$\\^/", "$^", true),
  ]

  @Test(arguments: cases)
  func `a pattern is found as in JavaScript`(one: (pattern: String, text: String, isFound: Bool)) throws {
    let pattern = try #require(try ScriptPattern(delimited: one.pattern))
    #expect(pattern.isFound(in: one.text) == one.isFound)
  }

  @Test(arguments: [
    "rope", "/rope", "/(rope/", "/rope)/", "/[a/", "/a/b/", "/a/x", "/a/ii", "/*a/", "/a**/", "/a{2}{3}/",
    "/a{3,2}/", "/[b-a]/",
    "/\\/", "//", "/(?a)/", "/(?<>a)/", "/{2}/", "/\\u{110000}/u", "/}/u", "/^*/",
  ])
  func `what is no pattern there is text`(text: String) throws {
    #expect(try ScriptPattern(delimited: text) == nil)
  }

  @Test(arguments: ["/(a)\\1/", "/(?<n>a)\\k<n>/", "/\\p{L}/u", "/(?:(?:a{999}){999}){999}/"])
  func `what cannot be matched in linear time is told`(text: String) {
    #expect(throws: ScriptPattern.Problem.self) { try ScriptPattern(delimited: text) }
  }

  @Test(arguments: [
    "/(a+)+$/", "/(a|aa)+$/", "/(.*a){20}$/", "/(?=(a+)+$)b/", "/^(\\w+\\s?)*$/", "/((a*)*)*b/",
  ])
  func `a pattern that runs away elsewhere ends`(text: String) throws {
    let pattern = try #require(try ScriptPattern(delimited: text))
    #expect(!pattern.isFound(in: String(repeating: "a", count: 5_000) + "!"))
  }

  @Test func `patterns of random symbols neither trap nor hang`() {
    var seed: UInt64 = 7
    func next(_ bound: Int) -> Int {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(seed >> 33) % bound
    }
    let symbols = Array("ab(){}[]|*+?.^$\\d,2-=!<:ukxé👍")
    for _ in 0..<3_000 {
      let pattern = String((0..<next(14)).map { _ in symbols[next(symbols.count)] })
      for flags in ["", "i", "mu"] {
        let made = try? ScriptPattern(pattern, flags: flags)
        _ = made?.isFound(in: "ab👍 aabb\n2é{}")
      }
    }
  }
}
