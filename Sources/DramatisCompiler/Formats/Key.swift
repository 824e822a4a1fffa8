/// A key of a mapping: the one entry from which its reading, "did you mean", the schema and the reference come.
///
/// It is a stored property of the ``KeyedMapping`` in which it stands, and read as `value(of: fields.name)`.
struct Key<Value: KeyValue>: AnyKey {
  let name: String
  /// What it takes, and how that is read.
  let value: Value
  let isRequired: Bool
  let absence: String
  let meaning: String

  var shape: ValueShape { value.shape }
  var written: String { value.written }

  /// - Parameters:
  ///   - name: How it is written in a file.
  ///   - otherwise: What the reference says of leaving it out: "required" or "none" unless given.
  ///   - meaning: What it is for, with names of keys in backticks.
  init(
    _ name: String, takes value: Value, isRequired: Bool = false, otherwise: String? = nil,
    means meaning: String
  ) {
    (self.name, self.value, self.isRequired, self.meaning) = (name, value, isRequired, meaning)
    absence = otherwise ?? (isRequired ? "required" : "none")
  }

  /// A key that stands for something where it is left out.
  init<Base>(_ name: String, takes base: Base, default fallback: Base.Output, means meaning: String)
  where Value == DefaultedValue<Base> {
    self.init(
      name, takes: DefaultedValue(base: base, fallback: fallback), otherwise: base.text(of: fallback),
      means: meaning)
  }
}

/// What is known of a key whatever is read from it.
protocol AnyKey: Sendable {
  /// How it is written in a file.
  var name: String { get }
  /// What it takes, as editors need to know it.
  var shape: ValueShape { get }
  /// What it takes, in the words of the reference.
  var written: String { get }
  var isRequired: Bool { get }
  /// What the reference says of leaving it out.
  var absence: String { get }
  /// What it is for, with names of keys in backticks.
  var meaning: String { get }
}

/// A kind of mapping with known keys: every stored property that is a ``Key`` is one of them.
protocol KeyedMapping: Sendable {
  /// The one value of the type.
  static var keys: Self { get }
  static var mapping: MappingDescription { get }
}

extension KeyedMapping {
  /// This kind of mapping and all that its keys lead to, each once.
  static var reachable: [any KeyedMapping.Type] {
    var found: [any KeyedMapping.Type] = [self]
    var next = 0
    while next < found.count {
      for type in found[next].mapping.keys.flatMap(\.shape.mappings)
      where !found.contains(where: { $0 == type }) {
        found.append(type)
      }
      next += 1
    }
    return found
  }
}

/// What there is to know about a kind of mapping: its names and its keys.
struct MappingDescription: Sendable {
  /// The columns of its table in the reference.
  enum Table: Sendable {
    case standard
    /// What the keys take is called `value`.
    case ofValues
    /// Nothing is said of leaving a key out.
    case withoutDefaults
  }

  /// Its name among the definitions of a schema.
  let identifier: String
  /// What messages and the reference call it: `a transition`.
  let called: String
  /// Keys that mean nothing yet.
  let reserved: [String]
  /// What keys take that are not among the known ones; nil where there can be none.
  let others: ValueShape?
  let table: Table
  /// In the order of the reference.
  let keys: [any AnyKey]
  /// How the keys are written.
  let names: [String]

  init(
    of keys: some KeyedMapping, identifier: String, called: String, reserved: [String] = [],
    takesOthers others: ValueShape? = nil, table: Table = .standard
  ) {
    (self.identifier, self.called, self.reserved) = (identifier, called, reserved)
    (self.others, self.table) = (others, table)
    self.keys = Mirror(reflecting: keys).children.compactMap { $0.value as? any AnyKey }
    names = self.keys.map(\.name)
  }

  /// The table of the keys as it stands in the reference, line by line.
  var reference: [String] {
    let heads =
      switch table {
      case .standard: ["key", "type", "default", "meaning"]
      case .ofValues: ["key", "value", "default", "meaning"]
      case .withoutDefaults: ["key", "type", "meaning"]
      }
    let rows = keys.map { key in
      ["`\(key.name)`", key.written] + (table == .withoutDefaults ? [] : [key.absence]) + [key.meaning]
    }
    return ([heads, heads.map { _ in "---" }] + rows).map { "| \($0.joined(separator: " | ")) |" }
  }
}
