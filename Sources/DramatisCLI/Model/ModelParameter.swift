import ArgumentParser
import DramatisLLM

/// A parameter of requests that a service knows by a name of its own.
struct ModelParameter: Hashable {
  /// With underscores.
  let name: String
  let value: JSONValue

  /// What decides how words are drawn, and so belongs to lines and not to questions.
  private static let samplers: Set<String> = [
    "temperature", "top_p", "min_p", "top_k", "top_a", "typical_p", "tfs_z", "frequency_penalty",
    "presence_penalty",
    "repeat_penalty", "repetition_penalty", "repeat_last_n", "dry_multiplier", "dry_base",
    "dry_allowed_length",
    "xtc_probability", "xtc_threshold", "mirostat", "mirostat_tau", "mirostat_eta", "seed", "logit_bias",
    "stop",
  ]

  /// Whether it holds for lines alone.
  var isSampler: Bool { Self.samplers.contains(name) }

  /// A parameter of this name, which may be written with hyphens.
  init(_ name: String, _ value: JSONValue) {
    self.name = name.replacing("-", with: "_")
    self.value = value
  }

  /// Reads `name=value`; a value that is no JSON is a text.
  init(option: String) throws {
    let parts = option.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let name = parts.first.map(String.init), Self.isName(name) else {
      throw ValidationError("--param takes a name and a value, such as top_p=0.9")
    }
    guard Self.isFree(name) else {
      throw ValidationError("--param does not set '\(name)'; it is a matter of the chat itself")
    }
    self.init(name, JSONValue(loosely: String(parts[1])))
  }

  static func isName(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= 64
      && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_-".contains($0)) }
  }

  /// Whether nobody else says what the parameter is.
  static func isFree(_ name: String) -> Bool { !["model", "messages", "stream", "system"].contains(name) }

  var member: JSONValue.Member { JSONValue.Member(name, value) }
}

extension [ModelParameter] {
  /// Those that hold for every request, as its members.
  var general: [JSONValue.Member] { filter { !$0.isSampler }.map(\.member) }

  /// Those that hold for lines alone, as their members.
  var samplers: [JSONValue.Member] { filter(\.isSampler).map(\.member) }

  /// These, with others in the place of those of the same name.
  func overridden(by others: [ModelParameter]) -> [ModelParameter] {
    filter { own in !others.contains { $0.name == own.name } } + others
  }
}

extension Reasoning {
  /// Reads what a flag says.
  init(option: String) throws {
    guard let reasoning = Self(option) else {
      throw ValidationError("--reasoning takes off, low, medium, high or a number of tokens from 1 to 100000")
    }
    self = reasoning
  }
}
