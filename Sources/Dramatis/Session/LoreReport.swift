/// What the lore of a character comes to in a turn: which entries are told, and why the others are not.
public struct LoreReport: Sendable, Hashable {
  /// An entry that is told, its text filled, and why.
  public struct Told: Sendable, Hashable {
    /// The entry.
    public let entry: LoreEntry
    /// Why it is told.
    public let reason: LoreScan.Reason
  }

  /// The entries that are told, book after book in the order in which they were found.
  public private(set) var told: [Told] = []
  /// Those that are not, and why.
  public private(set) var silent: [LoreScan.Silent] = []
  /// Names of macros in what is told that nobody knows; they stand as they are.
  public private(set) var unknownMacros: [String] = []
  private var memory: LoreMemory
  private var assignments: [Macros.Assignment] = []

  fileprivate init(_ memory: LoreMemory) { self.memory = memory }

  /// What is told by its place.
  public var placement: LorePlacement { LorePlacement(told.map(\.entry)) }

  /// Takes in what one book comes to.
  fileprivate mutating func add(_ result: LoreScan.Result, of book: String, filledBy macros: Macros) {
    var macros = macros
    for (entry, reason) in zip(result.activated, result.reasons) {
      var entry = entry
      entry.content = macros.filled(entry.content)
      told.append(Told(entry: entry, reason: reason))
    }
    for name in macros.unknown where !unknownMacros.contains(name) { unknownMacros.append(name) }
    assignments += macros.assignments
    silent += result.silent
    memory = memory.replacing(book: book, by: result.memory)
  }

  /// A position with what is remembered of the turn, and with the variables that told texts set.
  func applied(to snapshot: Snapshot, of program: Program) -> Snapshot {
    var snapshot = snapshot
    snapshot.lore = memory
    for assignment in assignments {
      guard let index = program.variables.firstIndex(where: { $0.name == assignment.name }) else { continue }
      let value = program.variables[index].datum(written: assignment.value)
      // What does not fit the variable leaves it as it is.
      try? snapshot.set(assignment.name, to: value, in: program)
    }
    return snapshot
  }
}

extension Variable {
  /// A value as it is written in a text.
  fileprivate func datum(written text: String) -> Datum {
    switch kind {
    case .boolean: .boolean(["true", "1", "yes"].contains(text.lowercased()))
    case .integer: Double(text).flatMap { $0.isFinite ? .number($0.rounded()) : nil } ?? .text(text)
    case .choice: .text(text)
    }
  }
}

extension Member {
  /// What lore comes to on an event that concerns the character; nil where there is none.
  func lore(after step: Step, on event: Event, given answers: Answers, attempt: Int) -> LoreReport? {
    guard !program.lore.isEmpty, step.grounding.role == .passive else { return nil }
    let facts = Facts(
      step.snapshot, turn: step.snapshot.turn, event: event, role: .passive, answers: answers)
    let search = LoreSearch(self, on: event)
    var report = LoreReport(snapshot.lore)
    let macros = Macros(
      character: program.character, user: search.who.user,
      chance: Macros.Chance(seed: step.snapshot.seed, turn: step.snapshot.turn, attempt: attempt),
      variables: program.variableTexts(at: step.snapshot))
    for (book, keys) in zip(program.lore, loreKeys) {
      let closed = book.entries.indices.filter { place in
        book.entries[place].condition.map { program.loreConditions[$0].truth(facts) != .yes } ?? false
      }
      var scan = search.scan(
        of: book, with: keys, remembering: snapshot.lore, attempt: attempt, closed: Set(closed))
      report.add(scan.run(), of: book.name, filledBy: macros)
    }
    return report
  }

  /// The conditions of entries that keys may call for on an event, by their place in the program.
  ///
  /// As if every entry were told and searched: what this leaves out is not asked about and cannot be told.
  func loreInQuestion(on event: Event) -> [Int] {
    guard !program.loreConditions.isEmpty, program.perceives(event) else { return [] }
    let search = LoreSearch(self, on: event)
    return zip(program.lore, loreKeys).flatMap { book, keys in
      search.scan(of: book, with: keys, remembering: snapshot.lore, attempt: 0, closed: []).placesInReach
        .compactMap { book.entries[$0].condition }
    }
  }
}

/// What the books of a character are searched in.
private struct LoreSearch {
  let who: LoreScan.Character
  private let messages: [LoreScan.Message]
  private let count: Int
  private let turn: Int
  private let seed: UInt64

  init(_ member: Member, on event: Event) {
    let program = member.program
    var who = LoreScan.Character()
    who.name = program.character
    who.fileName = program.character
    who.user = event.actor ?? "stranger"
    who.texts = [.description: program.summary, .scenario: program.setting]
    self.who = who
    let heard = event.scene == nil ? member.history(before: Event()) : []
    let all = heard + (program.perceives(event) ? [event] : [])
    messages = all.compactMap { event in
      (event.text ?? event.scene).map { LoreScan.Message(name: event.actor ?? "", text: $0) }
    }
    let isMessage = program.perceives(event) && event.text != nil
    count = member.snapshot.lore.messages + (isMessage ? 1 : 0)
    turn = member.snapshot.turn + 1
    seed = member.snapshot.seed
  }

  func scan(
    of book: Lorebook, with keys: LoreKeys, remembering memory: LoreMemory, attempt: Int, closed: Set<Int>
  ) -> LoreScan {
    let (seed, turn) = (seed, turn)
    return LoreScan(
      book.entries, messages: messages, character: who, settings: book.settings,
      memory: memory.of(book: book.name), trigger: attempt > 0 ? "swipe" : "normal", count: count,
      closed: closed, keys: keys
    ) { name in
      Draw.number(seed: seed, turn: turn, site: Draw.site(of: name), attempt: attempt)
    }
  }
}

extension Program {
  /// The values of variables in words, by name.
  func variableTexts(at snapshot: Snapshot) -> [String: String] {
    Dictionary(zip(variables, snapshot.variables).map { ($0.name, $0.text($1)) }, uniquingKeysWith: { $1 })
  }
}

extension Program {
  /// Why an entry is told, with its condition where that is the reason.
  public func words(for told: LoreReport.Told) -> String {
    guard told.reason == .condition, let condition = told.entry.condition else { return told.reason.words }
    return "because \(text(of: loreConditions[condition]))"
  }

  /// Why an entry is not told, with its condition where that is the reason.
  public func words(for silent: LoreScan.Silent) -> String {
    guard silent.silence == .condition, let condition = silent.entry.condition else {
      return silent.silence.words
    }
    return "not \(text(of: loreConditions[condition]))"
  }
}
