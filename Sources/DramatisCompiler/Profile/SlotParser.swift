import Dramatis

/// Splits a line into words and slots.
struct SlotParser {
  private let bytes: [UInt8]
  private let names: NameTable
  /// Where the last closing brace stands; behind it no slot can end.
  private let lastClose: Int
  /// No text needs to be told more often what is wrong with it.
  private static let maximumProblems = 20
  private var pieces: [LineText.Piece] = []
  private var words: [UInt8] = []
  private(set) var problems: [ConditionProblem] = []

  init(_ text: String, names: NameTable) {
    bytes = Array(text.utf8)
    self.names = names
    lastClose = bytes.lastIndex(of: UInt8(ascii: "}")) ?? -1
  }

  mutating func parse() -> LineText {
    var position = 0
    while position < bytes.count, problems.count < Self.maximumProblems {
      let byte = bytes[position]
      let isBrace = byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}")
      if isBrace, position + 1 < bytes.count, bytes[position + 1] == byte {
        words.append(byte)
        position += 2
      } else if isBrace {
        position = slot(at: position)
      } else {
        words.append(byte)
        position += 1
      }
    }
    flush()
    return LineText(pieces: pieces)
  }

  /// Reads the slot that begins at a brace; returns where the text goes on.
  private mutating func slot(at start: Int) -> Int {
    let rest = bytes[start...].dropFirst()
    guard bytes[start] == UInt8(ascii: "{"), start < lastClose,
      let end = rest.firstIndex(of: UInt8(ascii: "}"))
    else {
      let brace = bytes[start] == UInt8(ascii: "{") ? "{" : "}"
      problem(
        "this brace has no partner", at: start..<(start + 1),
        help: "to print a brace write \(brace)\(brace)")
      return start + 1
    }
    let name = String(decoding: bytes[(start + 1)..<end], as: UTF8.self)
    if let piece = piece(name) {
      flush()
      pieces.append(piece)
    } else {
      problem("unknown slot '{\(name)}'", at: start..<(end + 1), help: suggestion(name))
    }
    return end + 1
  }

  private func piece(_ name: String) -> LineText.Piece? {
    switch name {
    case "user": return .user
    case "character": return .character
    default: break
    }
    switch names.meanings[name] {
    case .variable(let index): return .variable(index)
    case .machine(let index): return .machine(index)
    case .question, .commitment: return nil
    case nil: return names.isIncomplete || names.isRefused(name) ? .words("") : nil
    }
  }

  /// What other programs write for the two.
  private static let words = [
    "char": "character", "bot": "character", "name": "character", "you": "user", "player": "user",
  ]

  private func suggestion(_ name: String) -> String {
    if let meant = Self.words[name.lowercased()] { return "did you mean '{\(meant)}'?" }
    let known = ["user", "character"] + names.variables.map(\.name) + names.machines.map(\.name)
    return names.suggestion(name, among: known).map { "did you mean '{\($0)}'?" }
      ?? "slots are {user}, {character}, variables and machines; for a brace write {{"
  }

  private mutating func problem(_ message: String, at range: Range<Int>, help: String) {
    problems.append(ConditionProblem(code: .unknownSlot, message: message, range: range, help: [help]))
  }

  private mutating func flush() {
    guard !words.isEmpty else { return }
    pieces.append(.words(String(decoding: words, as: UTF8.self)))
    words = []
  }
}
