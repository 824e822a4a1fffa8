import ArgumentParser
import Dramatis
import DramatisCompiler

/// Walks through a profile at random.
struct SimulateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Walk through a profile or a story at random and count what happens.",
    discussion: """
      Every turn a stranger, a partner or somebody whom a condition names acts, with a kind and data that \
      conditions can tell apart, and the character answers. Questions are answered yes or no by a hash of the scene \
      unless --answers or --yes is given; then what neither says is yes, no or unknown with a third each. \
      --answers names a JSON file such as {"accused": 0.2, "greeted": {"yes": 0.5, "unknown": 0.5}}, where a number is \
      the probability of yes and the rest is no. The same seed gives the same report. Ctrl-C ends the walks \
      and shows what was counted. Of a story every member of the cast walks alone, with what the story adds to them: \
      what the others would say and pay is none of it.

      Example: dramatis simulate Profiles/mara.yaml --turns 50 --runs 200 --yes 0.2
      """)

  @Argument(help: "A profile, a compiled program or a story, or - for standard input.", completion: .profiles)
  var profile: String

  @Option(help: "How many turns a walk has.")
  var turns = 50

  @Option(help: "How many walks to take.")
  var runs = 100

  @Option(help: "Decides every draw.")
  var seed: UInt64 = 0

  @Option(help: ArgumentHelp("The probabilities of answers, or - for standard input.", valueName: "file"))
  var answers: String?

  @Option(help: ArgumentHelp("The probability of yes for every question not in --answers.", valueName: "p"))
  var yes: Double?

  @Option(help: "How many positions to explore at most, to tell what is impossible.")
  var positions = ExplorationLimits().positions

  @Option(help: "What to write: text or json.")
  var format = ReportFormat.text

  func validate() throws {
    guard turns >= 1, runs >= 1, turns <= 1_000_000, runs <= 1_000_000 else {
      throw ValidationError("--turns and --runs take numbers from 1 to 1000000")
    }
    guard (1...ExplorationLimits.mostPositions).contains(positions) else {
      throw ValidationError("--positions takes a number from 1 to \(ExplorationLimits.mostPositions)")
    }
    guard yes.map({ $0 >= 0 && $0 <= 1 }) ?? true else {
      throw ValidationError("--yes takes a probability from 0 to 1")
    }
    guard profile != InputStream.standardInput || answers != InputStream.standardInput else {
      throw ValidationError("profile and answers cannot both be standard input")
    }
  }

  func run() throws {
    let work = try ProfileSource(path: profile).work()
    let cast = work.cast
    let sources = try sources(for: cast)
    Interruption.begin()
    let reports = zip(cast, sources).map { report($0, $1) }
    if case .story = work, format == .json {
      Console.output.write(try reports.jsonReport())
    } else {
      Console.output.write(
        try reports.map { format == .json ? try $0.jsonReport() : $0.text }.joined(separator: "\n"))
    }
    Interruption.finish()
  }

  private func report(_ program: Program, _ answers: SimulatedAnswers) -> SimulationReport {
    var simulation = Simulation(of: program, turns: turns, seed: seed, answers: answers)
    var progress = Progress(of: runs)
    while simulation.walks < runs, !Interruption.wasRequested {
      simulation.walk(isStopped: { Interruption.wasRequested })
      progress.show(simulation.walks)
    }
    progress.clear()
    var exploring = ExplorationProgress()
    defer { exploring.clear() }
    return SimulationReport(
      of: simulation, wasInterrupted: Interruption.wasRequested,
      limits: ExplorationLimits(positions: positions), isStopped: { exploring.isInterrupted() })
  }

  /// For each member of a cast who answers.
  private func sources(for cast: [Program]) throws -> [SimulatedAnswers] {
    let rest = yes.flatMap { AnswerProbabilities(yes: $0) } ?? .even
    guard let answers else { return cast.map { _ in yes == nil ? .hash : .drawn([:], default: rest) } }
    let bytes = try Failure.mapping(try InputStream(path: answers).readAll(limit: AnswerFile.maximumBytes))
    let files = try cast.map { try answerFile(answers, holding: bytes, for: $0) }
    // A question may be that of one of them.
    let unknown = (files.first?.unknownKeys ?? []).filter { key in
      files.allSatisfy { $0.unknownKeys.contains(key) }
    }
    for key in unknown {
      Console.error.write("warning: \(answers.oneLine): no question is '\(key.oneLine)'\n")
    }
    return files.map { .drawn($0.probabilities, default: rest) }
  }

  private func answerFile(_ path: String, holding bytes: [UInt8], for program: Program) throws -> AnswerFile {
    do {
      return try AnswerFile(json: bytes, name: path, for: program)
    } catch {
      throw Failure(error.description, .input)
    }
  }
}
