import ArgumentParser
import Dramatis
import DramatisCompiler

/// Walks through a profile at random.
struct SimulateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Walk through a profile at random and count what happens.",
    discussion: """
      Every turn a stranger, a partner or somebody whom a condition names acts, with a kind and data that \
      conditions can tell apart, and the character answers. Questions are answered yes or no by a hash of the scene \
      unless --answers or --yes is given; then what neither says is yes, no or unknown with a third each. \
      --answers names a JSON file such as {"accused": 0.2, "greeted": {"yes": 0.5, "unknown": 0.5}}, where a number is \
      the probability of yes and the rest is no. The same seed gives the same report. Ctrl-C ends the walks \
      and shows what was counted.

      Example: dramatis simulate Profiles/mara.yaml --turns 50 --runs 200 --yes 0.2
      """)

  @Argument(help: "A profile or a compiled program, or - for standard input.", completion: .profiles)
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
    let program = try ProfileSource(path: profile).program()
    var simulation = Simulation(of: program, turns: turns, seed: seed, answers: try source(program))
    Interruption.begin()
    var progress = Progress(of: runs)
    while simulation.walks < runs, !Interruption.wasRequested {
      simulation.walk(isStopped: { Interruption.wasRequested })
      progress.show(simulation.walks)
    }
    progress.clear()
    var exploring = ExplorationProgress()
    let report = SimulationReport(
      of: simulation, wasInterrupted: Interruption.wasRequested,
      limits: ExplorationLimits(positions: positions), isStopped: { exploring.isInterrupted() })
    exploring.clear()
    Console.output.write(format == .json ? try report.jsonReport() : report.text)
    Interruption.finish()
  }

  private func source(_ program: Program) throws -> SimulatedAnswers {
    let rest = yes.flatMap { AnswerProbabilities(yes: $0) } ?? .even
    guard let answers else { return yes == nil ? .hash : .drawn([:], default: rest) }
    let file = try answerFile(answers, for: program)
    for key in file.unknownKeys {
      Console.error.write("warning: \(answers.oneLine): no question is '\(key.oneLine)'\n")
    }
    return .drawn(file.probabilities, default: rest)
  }

  private func answerFile(_ path: String, for program: Program) throws -> AnswerFile {
    let bytes = try Failure.mapping(try InputStream(path: path).readAll(limit: AnswerFile.maximumBytes))
    do {
      return try AnswerFile(json: bytes, name: path, for: program)
    } catch {
      throw Failure(error.description, .input)
    }
  }
}
