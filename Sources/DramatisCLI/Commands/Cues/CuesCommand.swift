import ArgumentParser
import Dramatis
import DramatisCompiler

/// What is about cues.
struct CuesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cues",
    abstract: "List the cues that ship, and say what a text would match and why.",
    discussion: """
      Lists are taken over by a question with cues: ["@thank"]. What a text matches is told with the negation that turned \
      it, whose words it was, and what lay over it.

      Example: dramatis cues @thank
      Example: dramatis cues mara --text "I won't pay, thanks."
      """,
    subcommands: [ShowCuesCommand.self, SuggestCuesCommand.self], defaultSubcommand: ShowCuesCommand.self)
}

/// Shows lists, the cues of a profile, and what they come to.
struct ShowCuesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "List the cues that ship or those of a profile, and say what a text matches.",
    discussion: """
      Without arguments the lists that ship; with @NAME what is in one; with a profile its questions and how many cues \
      they have. --text says what the cues of a profile find in a text and why; --transcript which of its questions heard \
      nothing in a session, and in which of its texts nobody heard anything.

      Example: dramatis cues show mara --transcript mara-20261123-081500
      """)

  @Argument(help: "A list such as @thank or @thank.de, or a profile.", completion: .profiles)
  var subject: String?

  @Option(help: "A text that is said to the character, or - for standard input.")
  var text: String?

  @Option(help: "A session or the path of a transcript.", completion: .sessions)
  var transcript: String?

  @Option(help: ArgumentHelp("Only lists in this language, such as de.", valueName: "tag"))
  var language: String?

  @Option(help: "How to print: text or json.")
  var format = ReportFormat.text

  func validate() throws {
    guard text == nil || transcript == nil else { throw ValidationError("give --text or --transcript") }
    guard text == nil && transcript == nil || subject.map({ !$0.hasPrefix("@") }) == true else {
      throw ValidationError("--text and --transcript take a profile")
    }
    if let language, !CueList.languages.contains(language) {
      throw ValidationError(
        "there are no lists in '\(language)'; there are some in \(CueList.languages.listed)")
    }
  }

  func run() throws {
    guard let subject, !subject.hasPrefix("@") else { return try show(lists(subject)) }
    let cast = try ProfileSource(path: subject).work().cast
    if let text {
      try show(cast.map { CuesFound(by: $0, in: try content(text)) })
    } else if let transcript {
      try show(try hearings(of: cast, in: TranscriptSource(transcript).transcript()))
    } else {
      try show(cast.map(CuesOfProfile.init))
    }
  }

  private func show(_ reports: [some CuesReport]) throws {
    guard format == .text else { return Console.output.write(try reports.jsonReport()) }
    var text = TextReport()
    for report in reports { report.write(to: &text, isAlone: reports.count == 1) }
    Console.output.write(text.text)
  }

  /// What is said; at most as much as a profile may hold.
  private func content(_ text: String) throws -> String {
    guard text == InputStream.standardInput else { return text }
    let limit = 4 << 20
    let bytes = try InputStream(path: text).readAll(limit: limit)
    guard bytes.count <= limit else { throw Failure("the text is larger than \(limit) bytes", .input) }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func lists(_ subject: String?) throws -> [CueList] {
    let all = (language.map { [$0] } ?? CueList.languages).flatMap { CueList.all(in: $0) }
    guard let subject else { return all }
    let parts = subject.dropFirst().lowercased().split(separator: ".", maxSplits: 1).map(String.init)
    let name = parts.first ?? ""
    let found = all.filter { $0.name == name && (parts.count == 1 || $0.language == parts[1]) }
    guard found.isEmpty else { return found }
    let near = nearest(name, among: all.map(\.name)).map { "; did you mean @\($0)?" } ?? ""
    throw Failure("there is no list of cues called \(subject.oneLine)\(near)", .usage)
  }

  private func hearings(of cast: [Program], in transcript: Transcript) -> [CueHearing] {
    let events = transcript.path(to: transcript.head).flatMap { entry in
      let line = entry.lineText.flatMap { text in entry.lineSpeaker.map { Event(actor: $0, text: text) } }
      return [entry.event, line].compactMap(\.self)
    }
    return cast.map { CueHearing(of: $0, in: events) }
  }
}

/// Something about cues that can be printed.
private protocol CuesReport: Encodable {
  func write(to text: inout TextReport, isAlone: Bool)
}

extension CueList: CuesReport {
  fileprivate func write(to text: inout TextReport, isAlone: Bool) {
    guard isAlone else {
      return text.entry(
        "@\(name).\(language)",
        "\(meaning) (\(cues.count.of("cue")), \(counterCues.count.of("counter-cue")))",
        column: 22)
    }
    text.line("@\(name).\(language): \(meaning)")
    text.entry("yes", cues.joined(separator: ", "), column: 7)
    if !counterCues.isEmpty { text.entry("no", counterCues.joined(separator: ", "), column: 7) }
  }
}

/// How many cues the questions of a profile have.
private struct CuesOfProfile: CuesReport {
  struct Entry: Encodable {
    let question: String
    let ask: String
    let cues: Int
    let counterCues: Int
  }

  let character: String
  let questions: [Entry]

  init(_ program: Program) {
    character = program.character
    questions = program.questions.map {
      Entry(question: $0.key, ask: $0.text, cues: $0.cues.count, counterCues: $0.counterCues.count)
    }
  }

  func write(to text: inout TextReport, isAlone: Bool) {
    text.line(character)
    for entry in questions {
      let counts =
        entry.cues + entry.counterCues == 0
        ? "no cues: only a language model can tell"
        : "\(entry.cues.of("cue")), \(entry.counterCues.of("counter-cue"))"
      text.entry(entry.question, entry.question == entry.ask ? counts : "\(entry.ask) (\(counts))")
    }
  }
}

/// What the cues of a character find in a text.
private struct CuesFound: CuesReport {
  struct Entry: Encodable {
    let question: String
    let answer: String
    let matches: [CueMatch]
  }

  let character: String
  let questions: [Entry]

  init(by program: Program, in text: String) {
    let cues = CueDiscriminator(for: [program])
    let scene = Scene(text)
    character = program.character
    questions = zip(program.questions, cues.replies(to: program.questions, about: scene)).compactMap {
      let matches = cues.matches(of: $0, in: scene)
      return matches.isEmpty
        ? nil : Entry(question: $0.key, answer: $1.answer.truth.rawValue, matches: matches)
    }
  }

  func write(to text: inout TextReport, isAlone: Bool) {
    if !isAlone { text.line(character) }
    if !questions.contains(where: { $0.answer != "unknown" }) { text.line("nothing was understood") }
    for entry in questions {
      text.entry(
        "\(entry.question): \(entry.answer)", entry.matches.map(\.told).joined(separator: "; "), indent: 0)
    }
  }
}

extension CueHearing: CuesReport {
  fileprivate func write(to text: inout TextReport, isAlone: Bool) {
    if !isAlone { text.line(character) }
    text.entry(
      "heard",
      questions.filter { $0.yes + $0.no > 0 }.map { "\($0.question) \($0.yes)" }.joined(separator: ", "))
    text.entry("heard nothing", deaf.joined(separator: ", "))
    text.line("nothing was understood in \(silent.count) of \(texts.of("text"))")
    for said in silent { text.entry("-", said.oneLine, column: 4) }
  }
}

extension CueMatch {
  /// What it counts for, in words.
  var told: String {
    let what = cue == found ? cue.quoted : "\(cue.quoted) in \"\(found)\""
    return switch meaning {
    case .yes: "\(what) means yes"
    case .no: "\(what) means no"
    case .denied: "\(what) is denied\(negation.map { " by \($0.quoted)" } ?? ""): no"
    case .deniedCounter: "\(what) would mean no, and is denied\(negation.map { " by \($0.quoted)" } ?? "")"
    case .covered: "\(what) lies under a longer one"
    case .reported: "\(what) is somebody else's word"
    case .elsewhere: "\(what) stands where this question does not look"
    }
  }
}
