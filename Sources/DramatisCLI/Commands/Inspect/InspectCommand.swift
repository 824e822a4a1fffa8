import ArgumentParser
import Dramatis
import DramatisCompiler

/// Says what the compiler made of a profile or a story.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Say what the compiler made of a profile or a story.",
    discussion: """
      Machines, trees, variables, questions with where they are used (mood.3 is the third transition of mood, \
      personality.2.then.1 the first gate below the second one) and their cues; what a turn can ask at most, \
      counted on the logic: of a machine the guards that leave one state, of a gate its greatest branch; and \
      which states, transitions and statements no answers can ever lead to. Of a story: its cast, and the \
      commitments that they share.

      Example: dramatis inspect Profiles/mara.yaml
      """)

  @Argument(
    help: "A profile, a compiled program or a story, or - for standard input.", completion: .profiles)
  var profile: String

  @Option(help: "What to write: text or json.")
  var format = ReportFormat.text

  @Option(help: "How many positions to explore at most.")
  var positions = ExplorationLimits().positions

  func validate() throws {
    guard (1...ExplorationLimits.mostPositions).contains(positions) else {
      throw ValidationError("--positions takes a number from 1 to \(ExplorationLimits.mostPositions)")
    }
  }

  func run() throws {
    switch try ProfileSource(path: profile).work() {
    case .program(let program): try inspect(program)
    case .story(let story):
      let inspection = StoryInspection(of: story)
      Console.output.write(format == .json ? try inspection.jsonReport() : inspection.text)
    }
  }

  private func inspect(_ program: Program) throws {
    Interruption.begin()
    var progress = ExplorationProgress()
    let inspection = Inspection(
      of: program, limits: ExplorationLimits(positions: positions), isStopped: { progress.isInterrupted() })
    progress.clear()
    Console.output.write(format == .json ? try inspection.jsonReport() : inspection.text)
    Interruption.finish()
  }
}
