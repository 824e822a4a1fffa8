import Dramatis
import Synchronization

/// Answers of models, kept by model, scene and question; the oldest go first.
///
/// As bytes it is a line for each answer: a digest of what was asked, and the probability of yes. What was asked cannot
/// be read from it.
public final class AnswerCache: Sendable {
  /// A digest of the bytes, because equal strings may differ in normalisation.
  struct Key: Hashable {
    let digest: [UInt8]

    init(model: String, scene: Scene, asked: AskedQuestion) {
      var hash = SHA256()
      let character = asked.character.map { [$0.name, $0.summary] } ?? []
      for part in [model, scene.text, scene.newest, asked.text] + character {
        hash.update("\(part.utf8.count) ".utf8)
        hash.update(part.utf8)
      }
      digest = hash.finalize()
    }

    fileprivate init(_ digest: [UInt8]) {
      self.digest = digest
    }
  }

  private struct Contents {
    var answers: [Key: Answer] = [:]
    var order: [Key] = []
    /// Where in the order the oldest stands.
    var oldest = 0

    /// Whether the key is new.
    mutating func keep(_ answer: Answer, for key: Key, capacity: Int) -> Bool {
      guard answers.updateValue(answer, forKey: key) == nil else { return false }
      guard order.count == capacity else {
        order.append(key)
        return true
      }
      answers[order[oldest]] = nil
      order[oldest] = key
      oldest = (oldest + 1) % capacity
      return true
    }
  }

  private let capacity: Int
  private let contents: Mutex<Contents>
  private let onNew: @Sendable (String) -> Void

  /// Makes a cache.
  ///
  /// - Parameters:
  ///   - capacity: How many answers it holds.
  ///   - lines: What an earlier cache has written; a line that is torn or foreign is passed over.
  ///   - onNew: Is given the line of each new answer, for whoever keeps them in a file.
  public init(
    capacity: Int = 4096, lines: String = "", onNew: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.capacity = max(capacity, 1)
    self.onNew = onNew
    var contents = Contents()
    for line in lines.split(whereSeparator: \.isNewline) {
      guard let (key, answer) = Self.entry(line) else { continue }
      _ = contents.keep(answer, for: key, capacity: self.capacity)
    }
    self.contents = Mutex(contents)
  }

  subscript(key: Key) -> Answer? { contents.withLock { $0.answers[key] } }

  func keep(_ answer: Answer, for key: Key) {
    let isNew = contents.withLock { $0.keep(answer, for: key, capacity: capacity) }
    if isNew { onNew(Self.line(of: answer, for: key)) }
  }

  private static func line(of answer: Answer, for key: Key) -> String {
    let digits = key.digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    return "\(digits) \(answer.isUnanswered ? unanswered : "\(answer.probability)")\n"
  }

  /// What stands in place of a probability where the model could not tell.
  private static let unanswered = "unknown"

  private static func answer(_ text: Substring) -> Answer? {
    text == unanswered ? .unknown : Double(text).flatMap { Answer(probability: $0) }
  }

  private static func entry(_ line: Substring) -> (Key, Answer)? {
    let parts = line.split(separator: " ")
    guard parts.count == 2, parts[0].utf8.count == 64, let answer = answer(parts[1]) else { return nil }
    let digits = Array(parts[0].utf8).map { Character(UnicodeScalar($0)).hexDigitValue }
    let bytes = stride(from: 0, to: 64, by: 2).compactMap { place in
      digits[place].flatMap { high in digits[place + 1].map { UInt8(high * 16 + $0) } }
    }
    return bytes.count == 32 ? (Key(bytes), answer) : nil
  }
}

extension AnswerCache {
  /// Whether bytes begin with the line of an answer, as those that a cache has written do.
  ///
  /// A list of checksums does not, since two characters stand after each.
  package static func begins(_ bytes: some Collection<UInt8>) -> Bool {
    let digest = bytes.prefix(64)
    let rest = bytes.dropFirst(64).prefix(2)
    return digest.count == 64 && digest.allSatisfy { Character(UnicodeScalar($0)).isHexDigit }
      && rest.first == UInt8(ascii: " ")
      && rest.dropFirst().contains { (0x30...0x39).contains($0) || $0 == unanswered.utf8.first }
  }
}
