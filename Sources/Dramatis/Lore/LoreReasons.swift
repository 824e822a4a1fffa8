extension LoreScan {
  /// Why an entry is told.
  public enum Reason: Hashable, Sendable {
    /// A line at its start says so.
    case decorator
    case constant
    /// It stays from an earlier turn.
    case sticky
    /// It has no key, and its condition holds.
    case condition
    /// A key was found.
    case key(String)
  }

  /// Why an entry is not told.
  public enum Silence: Hashable, Sendable {
    /// It is switched off.
    case disabled
    /// Its condition does not hold.
    case condition
    /// It is for other characters, or for other kinds of turns.
    case notMeant
    /// It waits until there are so many more messages.
    case delayed(messages: Int)
    /// It was told lately, and waits for so many more messages.
    case cooling(messages: Int)
    /// It waits for a level of recursion that was not reached.
    case recursion
    /// A line at its start says so.
    case decorator
    /// No key was found.
    case noKey
    /// This key was found, and the secondary ones say otherwise.
    case secondaryKeys(key: String)
    /// Another entry of its group is told.
    case rivals(group: String)
    /// The chance of so many percent went against it.
    case chance(percent: Double)
    /// It takes so many tokens, and so many were left.
    case budget(tokens: Int, left: Int)
  }
}

extension LoreScan.Reason {
  /// The kind of reason as a word, for machines.
  public var code: String {
    switch self {
    case .decorator: "decorator"
    case .constant: "constant"
    case .sticky: "sticky"
    case .condition: "condition"
    case .key: "key"
    }
  }

  /// The reason in words, to follow what is told.
  public var words: String {
    switch self {
    case .decorator: "because @@activate says so"
    case .constant: "always"
    case .sticky: "because it stays"
    case .condition: "because its condition holds"
    case .key(let key): "because of '\(key)'"
    }
  }
}

extension LoreScan.Silence {
  /// The kind of reason as a word, for machines.
  public var code: String {
    switch self {
    case .disabled: "disabled"
    case .condition: "condition"
    case .notMeant: "not-meant"
    case .delayed: "delay"
    case .cooling: "cooldown"
    case .recursion: "recursion"
    case .decorator: "decorator"
    case .noKey: "no-key"
    case .secondaryKeys: "secondary-keys"
    case .rivals: "group"
    case .chance: "chance"
    case .budget: "budget"
    }
  }

  /// The reason in words.
  public var words: String {
    switch self {
    case .disabled: "it is switched off"
    case .condition: "its condition does not hold"
    case .notMeant: "it is not for this character or this kind of turn"
    case .delayed(let messages): "its delay lasts \(messages.of("more message"))"
    case .cooling(let messages): "its cooldown lasts \(messages.of("more message"))"
    case .recursion: "it waits for another entry to call for it"
    case .decorator: "@@dont_activate says so"
    case .noKey: "no key was found"
    case .secondaryKeys(let key): "'\(key)' was found, but the secondary keys say no"
    case .rivals(let group): "another entry of the group '\(group)' is told"
    case .chance(let percent):
      "its chance of \(Int(exactly: percent).map(String.init) ?? "\(percent)") % went against it"
    case .budget(let tokens, let left):
      "the budget is short of \(max(tokens - left, 1).of("token")): it takes \(tokens), and \(left) were left"
    }
  }
}

extension LoreEntry {
  /// Where it is put, in words; nil for nowhere.
  public var place: String? {
    switch position {
    case nil: nil
    case .beforeCharacter: "before the character"
    case .afterCharacter: "behind the character"
    case .noteTop: "before the note"
    case .noteBottom: "behind the note"
    case .examplesTop: "before the examples"
    case .examplesBottom: "behind the examples"
    case .atDepth: "\(depth.of("message")) from the end"
    case .outlet: "in the slot '\(outlet)'"
    }
  }
}

extension Int {
  /// The number with what is counted.
  fileprivate func of(_ noun: String) -> String { "\(self) \(noun)\(self == 1 ? "" : "s")" }
}
