import Dramatis

/// A comment that silences a rule at one place or in the whole file.
struct Suppression {
  /// What was written for the rule.
  let name: String
  /// Nil where no diagnostic is called so.
  let code: DiagnosticCode?
  let span: SourceSpan
  /// The line that it is about; nil for the whole file.
  let line: Int?
  /// Whether it is about the whole file but stands below its first comments.
  let isMisplaced: Bool
  /// What takes it away: its code, or the whole comment where it names no other.
  let removal: TextEdit
}

/// Finds the suppressions among the comments of a file.
///
/// `# dramatis: ignore L007` is about its own line, or about the next one with content where it stands alone;
/// `# dramatis: ignore-file L007` is about the file, and stands among the comments at its top. Several codes are separated
/// by commas or blanks; what follows `--` is for readers.
struct SuppressionReader {
  private static let mark = Array("# dramatis:".utf8)
  private let file: SourceFile
  private let root: Node
  /// Where texts begin and end, in order; what looks like a comment in them is none.
  private var texts: [Range<Int>] = []
  /// For each line, by its number from 1, the first with content that is not before it.
  private var contents: [Int] = []

  init(_ file: SourceFile, root: Node) {
    self.file = file
    self.root = root
  }

  /// All suppressions in the order of the file.
  mutating func read() -> [Suppression] {
    let starts = marks()
    guard !starts.isEmpty else { return [] }
    contents = contentLines()
    texts = Self.texts(in: root).sorted { $0.lowerBound < $1.lowerBound }
    return starts.filter { !isText($0) }.flatMap { suppressions(at: $0) }
  }

  private func marks() -> [Int] {
    file.bytes.indices.filter { start in
      file.bytes[start] == UInt8(ascii: "#") && file.bytes[start...].starts(with: Self.mark)
        && (start == 0 || [0x20, 0x09, 0x0A, 0x0D].contains(file.bytes[start - 1]))
    }
  }

  private func isText(_ offset: Int) -> Bool {
    var (low, high) = (0, texts.count)
    while low < high {
      let middle = (low + high) / 2
      if texts[middle].lowerBound <= offset { low = middle + 1 } else { high = middle }
    }
    return low > 0 && texts[low - 1].contains(offset)
  }

  /// No deeper than a document nests.
  private static func texts(in node: Node) -> [Range<Int>] {
    switch node.content {
    case .scalar(let scalar): [scalar.span.start.offset..<scalar.span.end.offset]
    case .sequence(let nodes): nodes.flatMap(texts)
    case .mapping(let entries): entries.flatMap { texts(in: $0.key) + texts(in: $0.value) }
    }
  }

  private func suppressions(at start: Int) -> [Suppression] {
    let number = file.position(at: start).line
    let words = words(from: start + Self.mark.count, to: file.lineRange(number).upperBound)
    guard let verb = words.first, ["ignore", "ignore-file"].contains(verb.text) else { return [] }
    let isFile = verb.text == "ignore-file"
    return words.dropFirst().enumerated().map { index, word in
      Suppression(
        name: word.text, code: DiagnosticCode(called: word.text), span: file.span(word.range),
        line: isFile ? nil : subject(of: start, on: number),
        isMisplaced: isFile && number > lastLineOfHead,
        removal: TextEdit(
          removing: words.count == 2
            ? comment(at: start, on: number) : words[index].range.upperBound..<word.range.upperBound))
    }
  }

  /// A comment with the blanks before it, or its whole line where it stands alone.
  private func comment(at start: Int, on number: Int) -> Range<Int> {
    let line = file.lineRange(number)
    let before = file.bytes[line.lowerBound..<start]
    guard let last = before.lastIndex(where: { $0 != 0x20 && $0 != 0x09 }) else {
      return line
        .lowerBound..<(number < file.lineCount ? file.lineRange(number + 1).lowerBound : line.upperBound)
    }
    return (last + 1)..<line.upperBound
  }

  private func words(from start: Int, to end: Int) -> [(text: String, range: Range<Int>)] {
    var words: [(text: String, range: Range<Int>)] = []
    var position = start
    while position < end {
      if [0x20, 0x09, UInt8(ascii: ",")].contains(file.bytes[position]) {
        position += 1
        continue
      }
      let rest = file.bytes[position..<end]
      let stop = rest.firstIndex { [0x20, 0x09, UInt8(ascii: ",")].contains($0) } ?? end
      let text = String(decoding: file.bytes[position..<stop], as: UTF8.self)
      if text.hasPrefix("--") { break }
      words.append((text, position..<stop))
      position = stop
    }
    return words
  }

  /// The line that a comment is about.
  private func subject(of start: Int, on number: Int) -> Int {
    let line = file.lineRange(number)
    guard file.bytes[line.lowerBound..<start].allSatisfy({ $0 == 0x20 || $0 == 0x09 }) else { return number }
    return contents[min(number + 1, contents.count - 1)]
  }

  private func isBlankOrComment(_ number: Int) -> Bool {
    let content = file.bytes[file.lineRange(number)].drop { $0 == 0x20 || $0 == 0x09 }
    return content.isEmpty || content.first == UInt8(ascii: "#")
  }

  private func contentLines() -> [Int] {
    var lines = Array(repeating: file.lineCount + 1, count: file.lineCount + 2)
    for number in stride(from: file.lineCount, to: 0, by: -1) {
      lines[number] = isBlankOrComment(number) ? lines[number + 1] : number
    }
    return lines
  }

  /// The last line before the first content.
  private var lastLineOfHead: Int { contents[1] - 1 }
}

/// What is left of some diagnostics once comments have silenced theirs, and the comments that silence nothing.
struct SuppressionReport {
  /// What one or several comments are about.
  private struct Subject: Hashable {
    /// Nil for the whole file.
    let line: Int?
    let code: DiagnosticCode
  }

  private let suppressions: [Suppression]
  private let subjects: Set<Subject>

  init(_ suppressions: [Suppression]) {
    self.suppressions = suppressions
    subjects = Set(suppressions.compactMap(Self.subject))
  }

  /// Nil for a comment that cannot silence anything.
  private static func subject(of suppression: Suppression) -> Subject? {
    guard let code = suppression.code, code.canBeSilenced, !suppression.isMisplaced else { return nil }
    return Subject(line: suppression.line, code: code)
  }

  /// Those that are about a diagnostic.
  private func silencing(_ diagnostic: Diagnostic) -> [Subject] {
    let line = diagnostic.span.map { Subject(line: $0.start.line, code: diagnostic.code) }
    return ([Subject(line: nil, code: diagnostic.code)] + [line].compactMap(\.self)).filter(subjects.contains)
  }

  /// - Parameter settings: A rule that a project does without needs no comment, and a comment about it no rule.
  func applied(to diagnostics: [Diagnostic], _ settings: LintSettings) -> [Diagnostic] {
    guard !suppressions.isEmpty else { return diagnostics }
    var used: Set<Subject> = []
    let left = diagnostics.filter { diagnostic in
      let silencing = silencing(diagnostic)
      used.formUnion(silencing)
      return silencing.isEmpty
    }
    let unused = suppressions.filter { suppression in
      let isUsed = Self.subject(of: suppression).map(used.contains) ?? false
      return !isUsed && matters(suppression, to: settings)
    }
    let found = unused.compactMap { settings.applied(to: UnusedSuppression.diagnostic($0)) }
    return left + found.filter { silencing($0).isEmpty }
  }

  private func matters(_ suppression: Suppression, to settings: LintSettings) -> Bool {
    guard let code = suppression.code else { return true }
    return code != UnusedSuppression.code && (!code.canBeSilenced || settings.severity(of: code) != nil)
  }
}
