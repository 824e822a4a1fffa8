import Dramatis
import DramatisCompiler

extension Session {
  /// Writes variables before the next event, for every member who has them.
  ///
  /// - Throws: ``RunProblem`` where nobody has one, or it cannot be so.
  func set(_ values: [String: Datum]) async throws {
    for program in cast {
      let own = values.filter { name, _ in
        cast.count == 1 || program.variables.contains { $0.name == name }
          || (program == cast.first && !cast.contains { $0.variables.contains { $0.name == name } })
      }
      do {
        try set(own, of: program.character)
      } catch let error as SettingError {
        let known = cast.flatMap(\.variables).map(\.name)
        throw RunProblem(message: "'set': \(error)" + RunProblem.hint(Array(values.keys), known))
      }
    }
  }
}

extension RunProblem {
  /// What was probably meant by a name that is not known.
  static func hint(_ names: [String], _ known: [String]) -> String {
    let near = names.sorted().filter { !known.contains($0) }.compactMap { nearest($0, among: known) }.first
    return near.map { "; did you mean '\($0)'?" } ?? ""
  }
}
