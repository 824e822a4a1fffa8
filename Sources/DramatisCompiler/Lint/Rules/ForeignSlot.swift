import Dramatis

/// Finds what other programs write for the user or the character, where it is no slot.
///
/// `{{user}}` says `{user}`, since two braces stand for one; `<user>`, `${user}` and the like are said as they are.
enum ForeignSlot: LintRule {
  static let code = DiagnosticCode(
    "L042", name: "foreign-slot", severity: .warning, summary: "A slot as other programs write it.")
  static let looksAtStories = true

  static func check(_ context: LintContext) -> [Diagnostic] {
    var found: [Diagnostic] = []
    let program = context.program
    let own = Set(program.variables.map(\.name) + program.machines.map(\.name))
    WrittenText.forEach(
      in: context.layout.root,
      text: { text in
        guard text.role == .spoken || text.role == .prose else { return }
        for slot in ForeignSlots(in: text.scalar.text, own: own, isSpoken: text.role == .spoken).all {
          found.append(diagnostic(slot, in: text, of: context))
        }
      })
    return found
  }

  private static func diagnostic(_ slot: ForeignSlots.Slot, in text: WrittenText, of context: LintContext)
    -> Diagnostic
  {
    let span = context.file.span(of: slot.range, in: text.scalar)
    guard text.role == .spoken else {
      let meant = slot.meaning == "character" ? "'\(context.program.character)'" : "the name, or 'the user'"
      return Diagnostic(
        code, message: "this is no slot", at: span, label: "it is told as it stands",
        help: slot.meaning.map { _ in ["write \(meant)"] }
          ?? ["slots are {user}, {character}, variables and machines"])
    }
    let source = context.file.source(span.start.offset..<span.end.offset)
    let isAsWritten = source.utf8.elementsEqual(Array(text.scalar.text.utf8)[slot.range])
    return Diagnostic(
      code, message: "this is no slot", at: span,
      label: slot.isDoubled ? "it is said with one pair of braces" : "it is said as it stands",
      help: [slot.meaning.map { "write {\($0)}" } ?? "slots are {user}, {character}, variables and machines"],
      edit: slot.meaning.flatMap { meaning in
        isAsWritten ? TextEdit(replacing: span.start.offset..<span.end.offset, with: "{\(meaning)}") : nil
      })
  }
}

/// Looks through a text for the slots of other programs.
private struct ForeignSlots {
  struct Slot {
    /// Bytes of the text.
    let range: Range<Int>
    /// The slot that is meant; nil where there is none for it.
    let meaning: String?
    let isDoubled: Bool
  }

  /// The words of others for the user and the character.
  private static let meanings = [
    "user": "user", "you": "user", "player": "user", "char": "character", "character": "character",
    "bot": "character",
    "npc": "character",
  ]
  /// What else others put between two braces.
  private static let macros: Set<String> = [
    "name", "persona", "personality", "scenario", "description", "original", "random", "roll", "pick", "time",
    "date",
    "weekday", "isotime", "isodate", "input", "lastmessage", "group", "model", "trim", "newline", "username",
    "char_name",
    "user_name", "assistant", "input", "idle_duration", "wi_before", "wi_after", "mesexamples",
  ]
  /// What stands around a word, doubled braces first; what follows is only known around the user and the character.
  private static let forms: [(open: String, close: String)] = [
    ("{{", "}}"), ("${", "}"), ("#{", "}"), ("%{", "}"), ("@{", "}"), ("<", ">"), ("%", "%"), ("[[", "]]"),
    ("[", "]"), ("((", "))"), ("__", "__"),
  ]

  private let bytes: [UInt8]
  private let own: Set<String>
  private let forms: [(open: String, close: String)]

  /// - Parameters:
  ///   - own: The names of variables and machines.
  ///   - isSpoken: Whether one pair of braces is a slot.
  init(in text: String, own: Set<String>, isSpoken: Bool) {
    bytes = Array(text.utf8)
    forms = isSpoken ? Self.forms : Self.forms + [("{", "}")]
    self.own = own
  }

  var all: [Slot] {
    let starts = Set(forms.compactMap(\.open.utf8.first) + [UInt8(ascii: "$")])
    guard bytes.contains(where: starts.contains) else { return [] }
    var slots: [Slot] = []
    var position = 0
    while position < bytes.count {
      if bytes[position...].starts(with: "{{{".utf8) {
        // Two of them are a brace, and the third begins a slot.
        position += 2
      } else if starts.contains(bytes[position]), let slot = slot(at: position) {
        slots.append(slot)
        position = slot.range.upperBound
      } else {
        position += 1
      }
    }
    return slots
  }

  private func slot(at start: Int) -> Slot? {
    for form in forms where bytes[start...].starts(with: form.open.utf8) {
      let inside = start + form.open.utf8.count
      guard let end = bytes[inside...].prefix(60).firstRange(of: form.close.utf8) else { continue }
      let content = String(decoding: bytes[inside..<end.lowerBound], as: UTF8.self)
      let word = String(content.filter { $0 != " " }.prefix { $0 != ":" }).lowercased()
      let isDoubled = form.open == "{{"
      // What is told is filled too.
      if form.open == "{", content == "user" || content == "character" || own.contains(content) { continue }
      if let meaning = Self.meanings[word], !content.contains(":") {
        return Slot(range: start..<end.upperBound, meaning: meaning, isDoubled: isDoubled)
      }
      guard isDoubled else { continue }
      let name = content.filter { $0 != " " }
      if own.contains(name) { return Slot(range: start..<end.upperBound, meaning: name, isDoubled: true) }
      if Self.macros.contains(word) {
        return Slot(range: start..<end.upperBound, meaning: nil, isDoubled: true)
      }
    }
    return dollarWord(at: start)
  }

  /// `$user`, as shells write it.
  private func dollarWord(at start: Int) -> Slot? {
    guard bytes[start] == UInt8(ascii: "$") else { return nil }
    let word = bytes[(start + 1)...].prefix {
      $0 | 0x20 >= UInt8(ascii: "a") && $0 | 0x20 <= UInt8(ascii: "z")
    }
    let name = String(decoding: word, as: UTF8.self).lowercased()
    guard ["user", "char", "character"].contains(name), let meaning = Self.meanings[name] else { return nil }
    return Slot(range: start..<word.endIndex, meaning: meaning, isDoubled: false)
  }
}
