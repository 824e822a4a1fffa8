import Dramatis
import DramatisCompiler

extension Event {
  /// An event as `/event` takes it: a kind and data where there are some, then what happens in words.
  ///
  /// The first word is the kind where a profile asks for it or data follow it; otherwise all of it is the text.
  init(typed argument: String, knownTo cast: [Program]) {
    let (first, rest) = argument.firstWordAndRest
    let isKind =
      Self.isKind(first) && (rest.startsWithDatum || cast.contains { $0.namedKinds.contains(first) })
    var text = isKind ? rest : argument
    var data: [String: Datum] = [:]
    while let (key, value, remainder) = text.firstDatum {
      data[key] = value
      text = remainder
    }
    let isHeard = !text.isEmpty || !(isKind || !data.isEmpty)
    self.init(
      text: isHeard ? text : nil, kind: isKind ? first : data.isEmpty ? Event.speech : Self.unnamedKind,
      data: data)
  }

  /// The kind of an event that has data and whose kind nobody said.
  private static let unnamedKind = "event"

  private static func isKind(_ word: String) -> Bool {
    guard let first = word.first, first.isLetter else { return false }
    return word.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
  }

  /// What nobody's profile asks for, in a sentence; nil where all of it is read by somebody.
  func unread(by cast: [Program]) -> String? {
    let isKindRead =
      kind == Event.speech || kind == Self.unnamedKind || cast.contains { $0.namedKinds.contains(kind) }
    let unread = data.keys.sorted().filter { key in !cast.contains { $0.namedData.contains(key) } }
    let parts = (isKindRead ? [] : ["kind \(kind)"]) + unread.map { "data \($0)" }
    guard !parts.isEmpty else { return nil }
    let known =
      Set(cast.flatMap(\.namedKinds)).subtracting([Event.speech]).sorted()
      + Set(cast.flatMap(\.namedData)).sorted().map { "\($0)=" }
    return "No profile here asks for \(parts.listed.oneLine)"
      + (known.isEmpty ? "." : "; they ask for \(known.listed.oneLine).")
  }
}

extension String {
  fileprivate var startsWithDatum: Bool { firstDatum != nil }

  /// `key=value` at the start, where a value in double quotes may hold spaces, and what follows it.
  fileprivate var firstDatum: (key: String, value: Datum, rest: String)? {
    guard let sign = firstIndex(of: "="), sign != startIndex else { return nil }
    let key = self[..<sign]
    guard key.first?.isLetter == true,
      key.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" })
    else {
      return nil
    }
    let after = self[index(after: sign)...]
    guard after.first == "\"" else {
      let (word, rest) = String(after).firstWordAndRest
      guard !after.isEmpty, after.first?.isWhitespace == false else { return nil }
      return (String(key), Datum(typed: word), rest)
    }
    let quoted = after.dropFirst()
    guard let end = quoted.firstIndex(of: "\"") else { return nil }
    return (String(key), .text(String(quoted[..<end])), String(quoted[quoted.index(after: end)...]).trimmed)
  }
}

extension Datum {
  /// A number, `true`, `false` or a text, as somebody types it.
  fileprivate init(typed word: String) {
    switch word {
    case "true": self = .boolean(true)
    case "false": self = .boolean(false)
    default:
      let isNumber = word.allSatisfy { $0.isASCII && ($0.isNumber || ".-+".contains($0)) }
      self = isNumber ? Double(word).map(Datum.number) ?? .text(word) : .text(word)
    }
  }
}
