import Dramatis
import DramatisCompiler
import DramatisLLM
import FoundationEssentials

extension Server {
  /// What was loaded: programs, how the story opens, and what there is to say about it.
  private struct Source {
    let cast: [Program]
    let opening: String
    let warnings: [JSONValue]
  }

  func load(_ arguments: Arguments) throws(RPCError) -> JSONValue {
    let source = try source(arguments)
    var programs: [JSONValue] = []
    var first = ""
    for program in source.cast {
      let loaded = try world.add(program)
      if first.isEmpty { first = loaded.identity }
      programs.append([
        "program": .string(loaded.identity), "character": .string(program.character),
        "hash": .string(program.contentHash),
      ])
    }
    return [
      "program": .string(first), "programs": .array(programs), "opening": .string(source.opening),
      "diagnostics": .array(source.warnings),
    ]
  }

  /// Loads a program anew and moves its instances, each when it has done what came before.
  func reload(
    _ arguments: Arguments, answer: @escaping @Sendable (Result<JSONValue, RPCError>) -> Void
  ) throws(RPCError) {
    let old = try world.program(arguments)
    let source = try source(arguments)
    let found =
      source.cast.count == 1
      ? source.cast.first : source.cast.first { $0.character == old.program.character }
    guard let program = found else {
      throw RPCError(.refused, "nobody in it is called '\(old.program.character)'", code: "other-program")
    }
    let moved = world.replace(World.Loaded(identity: old.identity, program: program))
    let differences = program.differences(from: old.program).map { difference in
      JSONValue.string("\(difference.subject.rawValue) '\(difference.name)' \(difference.change)")
    }
    let tally = Tally(of: moved.count) { lost in
      answer(
        .success([
          "differences": .array(differences), "lost": .object(lost), "diagnostics": .array(source.warnings),
        ]))
    }
    for hosted in moved {
      hosted.mailbox.post {
        do throws(InstanceError) {
          let changes = try await hosted.move(to: program)
          tally.add(changes.map(\.description), of: hosted.identity)
        } catch {
          tally.add([error.description], of: hosted.identity)
        }
      }
    }
  }

  private func source(_ arguments: Arguments) throws(RPCError) -> Source {
    let given = ["path", "text", "bytes"].filter { arguments[$0] != nil }
    guard given.count == 1 else {
      throw RPCError(.badParameters, "give one of 'path', 'text' and 'bytes'")
    }
    let (file, path) = try file(arguments)
    let findings = file.findings(at: path).map(JSONValue.init)
    guard let (cast, opening) = file.cast else {
      let first = file.findings(at: path).first { $0.severity == .error }
      let what = first.map { "\($0.path):\($0.line): \($0.code): \($0.message)" } ?? "this is no profile"
      throw RPCError(.badProfile, what, details: [JSONValue.Member("diagnostics", .array(findings))])
    }
    return Source(cast: cast, opening: opening, warnings: findings)
  }

  private func file(_ arguments: Arguments) throws(RPCError) -> (CompiledFile, path: String) {
    if let path = arguments.text("path") {
      // Standard input is where the messages come from.
      guard path != "-", !path.isEmpty else {
        throw RPCError(.unreadable, "'path' is a file; give a profile as 'text'")
      }
      // A pipe would be waited for, and everybody with it.
      guard (FileStatus(path)?.kind ?? .plain) == .plain else {
        throw RPCError(.unreadable, "cannot read \(path): it is no plain file")
      }
      do throws(ProjectError) {
        return (try CompiledFile(at: path), path)
      } catch {
        throw RPCError(.unreadable, error.description)
      }
    }
    let name = arguments.text("name").flatMap { $0.isEmpty ? nil : $0 } ?? "profile"
    let bytes: [UInt8]
    if let text = arguments.text("text") {
      bytes = Array(text.utf8)
    } else if let encoded = arguments.text("bytes"), let data = Data(base64Encoded: encoded) {
      bytes = Array(data)
    } else {
      throw RPCError(.badParameters, "'bytes' is no base64")
    }
    guard FileKind.recognize(bytes).kindWhenNamed != .story else {
      throw RPCError(
        .badParameters, "a story is loaded by its 'path', since its cast stands in files beside it")
    }
    return (CompiledFile(of: bytes, at: name), name)
  }
}

extension CompiledFile {
  /// Whom it holds, and how it opens; nil where there was an error.
  fileprivate var cast: (cast: [Program], opening: String)? {
    switch self {
    case .program(let program): ([program], "")
    case .profile(let compilation): compilation.program.map { ([$0], "") }
    case .story(let compilation): compilation.story.map { ($0.cast, $0.opening) }
    case .damagedProgram, .lore: nil
    }
  }
}

extension JSONValue {
  fileprivate init(_ finding: FileFinding) {
    func number(_ value: Int) -> JSONValue { .number(Double(value)) }
    self = [
      "path": .string(finding.path), "line": number(finding.line), "column": number(finding.column),
      "endLine": number(finding.endLine), "endColumn": number(finding.endColumn),
      "code": .string(finding.code),
      "severity": .string(finding.severity.rawValue), "message": .string(finding.message),
      "help": .array(finding.help.map(JSONValue.string)), "text": .string(finding.text),
    ]
  }
}
