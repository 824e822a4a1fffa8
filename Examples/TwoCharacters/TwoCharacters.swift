import Dramatis
import DramatisCompiler
import FoundationEssentials

/// Two characters of `Profiles/` meet, and each answers what the other says.
///
/// A game would load compiled programs with `Program(file:)` instead of compiling profiles.
@main
struct TwoCharacters {
  static func main() async throws {
    let cast = try ["mara", "kaethe"].map { name in
      try Program(profile: Array(Data(contentsOf: URL(filePath: "Profiles/\(name).yaml"))), name: name)
    }
    let session = try Session(cast: cast, seed: 7)
    let opening = Event(actor: "Rowan", text: "Good evening! Who watered the ale?", to: [cast[0].character])
    var turn = try await session.respond(to: opening)
    print("Rowan: \(opening.text ?? "")")
    for next in [1, 0, 1, 0] {
      guard let line = turn.line else { break }
      print("\(line.character): \(line.text)")
      turn = try await session.respond(to: line, speaker: .member(cast[next].character))
    }
    for record in turn.records {
      for (machine, state) in zip(record.program.machines, record.after.states) {
        print("\(record.program.character)'s \(machine.name) is \(machine.states[state].name)")
      }
    }
  }
}
