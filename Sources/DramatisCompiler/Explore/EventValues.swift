import Dramatis

/// A part of an event that conditions read.
public enum EventField: Hashable, Sendable, Comparable {
  /// Who acts.
  case actor
  /// What kind of event it is.
  case kind
  /// A datum, by its key.
  case data(String)

  /// How conditions write it.
  public var name: String {
    switch self {
    case .actor: "actor"
    case .kind: "event.kind"
    case .data(let key): "event.data.\(key)"
    }
  }

  /// By name, whatever the order of reading.
  public static func < (left: EventField, right: EventField) -> Bool { left.name < right.name }
}

/// The side from which an event comes to a character.
public enum EventSide: String, Hashable, Sendable, CaseIterable {
  /// Somebody else acts.
  case passive
  /// The character acts.
  case active
  /// The character's own line, in the turn of the event that it answers.
  case line
}

/// The values of an event's parts that a program can tell apart.
///
/// For a part that is compared with constants these are the constants, something between and beyond them where
/// numbers are compared, something that no condition mentions, and nothing at all. Every other value is treated
/// by every such comparison as one of these.
struct EventValues: Sendable {
  /// The parts that conditions read, sorted by name.
  let fields: [EventField]

  private let program: Program
  private let mentioned: [EventField: [Operand]]

  /// Reads a program's conditions.
  init(of program: Program) {
    self.program = program
    var mentioned: [EventField: [Operand]] = [:]
    for leaf in program.conditions.flatMap(\.leaves) {
      let reads = leaf.reads
      for field in Set(reads.compactMap(\.field)) {
        mentioned[field, default: []] += reads.filter { $0.field == nil }
        if case .holds = leaf { mentioned[field, default: []].append(.boolean(true)) }
      }
    }
    self.mentioned = mentioned
    fields = mentioned.keys.sorted()
  }

  /// The values that can be told apart, the plainest first; nil for a part that is absent.
  func values(of field: EventField, on side: EventSide) -> [Datum?] {
    switch (field, side) {
    case (.actor, .passive): strangers.map(Datum.text) + [nil]
    case (.actor, .active), (.actor, .line): ([program.character] + program.aliases).map(Datum.text)
    case (.kind, .line): [.text(Self.speech)]
    case (.data, .line): [nil]
    case (.kind, _): kinds.map(Datum.text)
    case (.data, _): [nil] + data(field)
    }
  }

  /// Everybody but the character whom the program knows by name, and somebody whom it does not.
  var strangers: [String] {
    let known = program.topics.compactMap(\.partner) + texts(.actor)
    var names: [String] = []
    for name in known where !program.isCalled(name) && !names.contains(where: { $0.isSameName(as: name) }) {
      names.append(name)
    }
    return [unmentioned("stranger", besides: known + [program.character] + program.aliases)] + names
  }

  private static let speech = "speech"

  private var kinds: [String] {
    let known = texts(.kind).filter { !$0.isSameBytes(as: Self.speech) }
    let isSpeechKnown = known.count < texts(.kind).count
    return [Self.speech] + known + (isSpeechKnown ? [unmentioned("happening", besides: known)] : [])
  }

  private func data(_ field: EventField) -> [Datum] {
    let texts = texts(field)
    let hasBooleans = (mentioned[field] ?? []).contains { if case .boolean = $0 { true } else { false } }
    return texts.map(Datum.text) + (texts.isEmpty ? [] : [.text(unmentioned("something", besides: texts))])
      + numbers(field).map(Datum.number) + (hasBooleans ? [.boolean(true), .boolean(false)] : [])
  }

  /// The texts that a part is compared with, each once, sorted by bytes.
  private func texts(_ field: EventField) -> [String] {
    let texts = (mentioned[field] ?? []).compactMap { if case .text(let text) = $0 { text } else { nil } }
    return Set(texts.map { Array($0.utf8) }).sorted { $0.lexicographicallyPrecedes($1) }.map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  /// The numbers that a part is compared with, and one between every two and beyond the ends.
  private func numbers(_ field: EventField) -> [Double] {
    let numbers = Set((mentioned[field] ?? []).flatMap { $0.bounds(in: program) }).sorted()
    guard let first = numbers.first, let last = numbers.last else { return [] }
    let between = zip(numbers, numbers.dropFirst()).flatMap { [$0 + ($1 - $0) / 2, $1] }
    return Set([first - 1, first] + between + [last + 1]).sorted()
  }

  private func unmentioned(_ name: String, besides known: [String]) -> String {
    var name = name
    while known.contains(where: { $0.isSameName(as: name) }) { name += " else" }
    return name
  }
}

extension Operand {
  /// The number that it is, or the least and the greatest that a variable takes.
  fileprivate func bounds(in program: Program) -> [Double] {
    switch self {
    case .integer(let value): [Double(value)]
    case .number(let value): [value]
    case .variable(let index):
      if case .integer(let min, let max) = program.variables[index].kind {
        [Double(min), Double(max)]
      } else {
        []
      }
    default: []
    }
  }
}

extension Event {
  /// Writes a part; nil leaves it as it is.
  mutating func set(_ field: EventField, to value: Datum?) {
    switch (field, value) {
    case (.actor, .text(let name)): actor = name
    case (.kind, .text(let name)): kind = name
    case (.data(let key), let value?): data[key] = value
    default: break
    }
  }
}
