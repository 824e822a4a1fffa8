import Dramatis

/// Which lines of a program were said, each once, whichever of its texts it was.
///
/// A line that can never be said counts too: no search is made for what lines wait for.
public struct LineCoverage: Sendable {
  /// A line.
  public struct Part: Sendable {
    /// `lines.3`, counted from 1, or `old_key.payoff.say` for what a commitment says.
    public let name: String
    /// Its first text as it is written, for a reader.
    public let text: String
    /// Whether some scenario let the character say it.
    public let isCovered: Bool
  }

  /// The lines, in the order of the program.
  public let parts: [Part]

  /// How many of them were said.
  public var covered: Int { parts.count(where: \.isCovered) }

  /// The lines that were said in percent, rounded down; 100 where there are none.
  public var percent: Int { parts.isEmpty ? 100 : covered * 100 / parts.count }

  /// The lines that nobody has said.
  public var uncovered: [Part] { parts.filter { !$0.isCovered } }

  init(parts: [Part]) {
    self.parts = parts
  }

  /// - Precondition: The coverage is one of the program.
  init(_ coverage: Coverage, of program: Program) {
    let firstBeat = program.firstBeatLine
    var said = coverage.texts[...]
    parts = program.lines.enumerated().map { index, line in
      defer { said = said.dropFirst(line.texts.count) }
      let beat = index < firstBeat ? nil : line.beat.map { program.name(of: $0) }
      return Part(
        name: beat ?? "lines.\(index + 1)", text: line.texts.first?.written(in: program) ?? "",
        isCovered: said.prefix(line.texts.count).contains(true))
    }
  }
}

/// A part of a commitment that a character says something for, in the order of a profile.
private struct BeatPlace {
  let commitment: Int
  let isPayoff: Bool

  func precedes(_ other: BeatPlace) -> Bool {
    (commitment, isPayoff ? 1 : 0) < (other.commitment, other.isPayoff ? 1 : 0)
  }
}

extension AuthoredLine {
  /// What of a commitment it is for, if it is written as those are that commitments say.
  fileprivate var beat: BeatPlace? {
    guard statement == nil, unheard == nil,
      case .compare(.commitment(let index), .equal, .status(let status)) = condition,
      status == .planted || status == .triggered
    else { return nil }
    return BeatPlace(commitment: index, isPayoff: status == .triggered)
  }
}

extension Program {
  /// Where what commitments say begins: it follows the lines, in the order of the commitments.
  fileprivate var firstBeatLine: Int {
    var first = lines.count
    var next: BeatPlace?
    while first > 0, let beat = lines[first - 1].beat, next.map(beat.precedes) ?? true {
      next = beat
      first -= 1
    }
    return first
  }

  fileprivate func name(of beat: BeatPlace) -> String {
    "\(commitments[beat.commitment].name).\(beat.isPayoff ? "payoff" : "foreshadow").say"
  }
}
