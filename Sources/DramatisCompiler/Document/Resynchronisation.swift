/// Finds where a file can be read again behind a mistake: at the next line that is indented no deeper than that of the mistake.
///
/// The key or the dash at the start of the line is kept, so that what belongs to it is known to be there.
struct Resynchronisation {
  /// How many mistakes of one file are passed over; each costs another run over the file.
  private static let most = 20
  /// Larger files are read once more.
  private static let largeFile = 256 * 1024

  private let file: SourceFile
  private let noticed: Int
  private let told: SourceSpan?

  init(after problem: SyntaxProblem, told mistake: Diagnostic, in file: SourceFile) {
    self.file = file
    noticed = problem.noticed(in: file)
    told = mistake.span
  }

  /// The file without what cannot be read; nil where that would be in vain.
  var rest: SourceFile? {
    let passed = file.passedOver.parts.count
    guard passed < (file.bytes.count > Self.largeFile ? 1 : Self.most) else { return nil }
    let lines = [told?.start.line, file.position(at: noticed).line].compactMap(\.self)
    for number in lines {
      let line = SourceLine(number, of: file)
      let end = end(of: line)
      for (start, losesKey) in starts(of: line) where start < end && !isBlank(start..<end) {
        return file.passingOver(start..<end, losingKey: losesKey)
      }
    }
    return nil
  }

  /// Where passing over may begin in a line, the place that loses least first.
  private func starts(of line: SourceLine) -> [(offset: Int, losesKey: Bool)] {
    let mistake = told.map(\.start).flatMap { $0.line == line.number ? $0.offset : nil } ?? line.content
    var starts: [(Int, Bool)] = []
    if let tight = line.tightColon, tight == mistake { starts.append((tight + 1, false)) }
    if let colon = line.colon, colon < mistake { starts.append((colon + 1, false)) }
    if let dash = line.tightDash, dash == mistake { starts.append((dash + 1, false)) }
    if line.hasDash, line.content <= mistake, line.content < line.range.upperBound {
      starts.append((line.content, false))
    }
    return starts + [(line.range.lowerBound, true)]
  }

  /// Behind the lines that are deeper than this one.
  private func end(of line: SourceLine) -> Int {
    var end = line.range.upperBound
    var number = line.number + 1
    while number <= file.lineCount {
      let next = SourceLine(number, of: file)
      guard next.isEmpty || next.indent > line.indent else { break }
      end = next.range.upperBound
      number += 1
    }
    return end
  }

  private func isBlank(_ range: Range<Int>) -> Bool {
    file.bytes[range].allSatisfy { [0x20, 0x0A, 0x0D].contains($0) }
  }
}
