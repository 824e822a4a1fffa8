import Dramatis
import DramatisAuthoring
import DramatisCompiler
import DramatisLLM

/// The files of a codified character: the profile, its scenarios and report, and a folder with what was made before.
struct CodifyFiles {
  private let profile: String

  init(profile: String) {
    self.profile = profile
  }

  /// The path without `.yaml`.
  private var stem: String {
    for ending in [".yaml", ".yml"] where profile.hasSuffix(ending) {
      return String(profile.dropLast(ending.count))
    }
    return profile
  }

  private var folder: String { stem + ".codify" }
  private var repliesPath: String { folder + "/replies" }
  private static let limit = 256 << 20

  /// The replies so far, with what is wrong with their file as the command says it.
  func replies(isKept: Bool) throws(Failure) -> KeptReplies {
    if isKept { try Failure.mapping(try Folder.make(folder)) }
    do {
      return try KeptReplies(path: repliesPath, isKept: isKept)
    } catch let error as FileError {
      throw Failure(error)
    } catch {
      throw Failure("\(repliesPath.oneLine): \("\(error)".oneLine); remove it to begin anew", .input)
    }
  }

  /// Takes out the kept replies of a stage.
  func forget(_ stage: CodifyStage) throws {
    let file = OutputFile(path: repliesPath)
    guard file.exists else { return }
    let bytes = try InputStream(path: repliesPath).readAll(limit: Self.limit)
    try file.write(Codifier.removing(stage, from: bytes))
  }

  /// Writes everything; edits that were made by hand stay.
  ///
  /// - Returns: What to say of each file.
  func write(_ result: Codified) throws -> [String] {
    var said = [try write(result.profile, to: profile, base: "profile", isProfile: true)]
    let name = profile.split(separator: "/").last.map(String.init) ?? profile
    if let scenarios = result.scenarios(of: name) {
      said.append(try write(scenarios, to: stem + ".scenarios.yaml", base: "scenarios", isProfile: false))
    }
    let report = stem + ".report.md"
    try OutputFile(path: report).write(Array(result.report.markdown.utf8))
    try OutputFile(path: stem + ".report.json").write(Array(try result.report.jsonReport().utf8))
    let left = result.report.leftOut.count
    return said + ["\(report) written: \(result.report.facts.count.of("fact")), \(left) left out"]
  }

  private func write(_ text: String, to path: String, base name: String, isProfile: Bool) throws -> String {
    let (file, base) = (OutputFile(path: path), OutputFile(path: "\(folder)/\(name).base"))
    guard file.exists else {
      try file.create(Array(text.utf8))
      try base.write(Array(text.utf8))
      return "\(path) written"
    }
    let there = String(decoding: try InputStream(path: path).readAll(limit: Self.limit), as: UTF8.self)
    guard base.exists else {
      let beside = "\(folder)/\(name).new"
      try OutputFile(path: beside).write(Array(text.utf8))
      return "\(path) was there before and stays as it is; the new one is \(beside)"
    }
    let old = String(decoding: try InputStream(path: base.path).readAll(limit: Self.limit), as: UTF8.self)
    let merge = ThreeWayMerge(base: old, edited: there, generated: text)
    if isProfile, Compilation(of: Array(merge.text.utf8), name: path).program == nil {
      let beside = "\(folder)/\(name).new"
      try OutputFile(path: beside).write(Array(text.utf8))
      return "\(path) was edited, and what is new does not go together with it; the new one is \(beside)"
    }
    if merge.text != there { try file.write(Array(merge.text.utf8)) }
    try base.write(Array(text.utf8))
    guard !merge.conflicts.isEmpty else {
      return there == old ? "\(path) written" : "\(path) written, with the edits that were made by hand"
    }
    for conflict in merge.conflicts { Console.error.write(Self.text(of: conflict, in: path)) }
    return "\(path) written; \(merge.conflicts.count.of("place")) stay as they were edited"
  }

  /// Both sides of a conflict, one below the other.
  private static func text(of conflict: ThreeWayMerge.Conflict, in path: String) -> String {
    let lines =
      ["\(path):\(conflict.line): edited by hand and generated anew"]
      + conflict.kept.map { "  kept      \($0)" } + conflict.generated.map { "  generated \($0)" }
    return lines.map { $0.oneLine + "\n" }.joined()
  }
}
