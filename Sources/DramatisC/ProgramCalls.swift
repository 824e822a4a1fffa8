import CDramatis
import Dramatis
import DramatisCompiler

/// Does what dramatis.h says of it.
@c @implementation
public func dramatis_load(
  _ bytes: UnsafePointer<CChar>?, _ length: Int, _ name: UnsafePointer<CChar>?, _ name_length: Int,
  _ program: UnsafeMutablePointer<dramatis_program>?, _ diagnostics: UnsafeMutablePointer<dramatis_text>?
) -> dramatis_status {
  call { () throws(CallError) in
    let diagnostics = diagnostics.emptied()
    let place = try program.needed("program")
    let data = try Argument(bytes, length, "bytes").data()
    let given = try Argument(name, name_length, "name").text()
    let path = given.isEmpty ? "profile" : given
    // A story's cast would be looked for in files.
    guard FileKind.recognize(data).kindWhenNamed != .story else {
      throw CallError(DRAMATIS_BAD_PROFILE, "this is a story; load the profiles of its cast, one by one")
    }
    let file = CompiledFile(of: data, at: path)
    let findings = file.findings(at: path)
    if let diagnostics, let json = try? findings.jsonLine() { diagnostics.give(json) }
    guard let loaded = file.loadedProgram else {
      let first = findings.first { $0.severity == .error } ?? findings.first
      let what = first.map { "\($0.path):\($0.line): \($0.code): \($0.message)" }
      let more = findings.count > 1 ? " (and \(findings.count - 1) more)" : ""
      throw CallError(DRAMATIS_BAD_PROFILE, (what ?? "this is no profile") + more)
    }
    try Tables.programs.give(loaded, to: place, kind: "program")
    for finding in findings {
      Log.tell("\(finding.path):\(finding.line): \(finding.code): \(finding.message)")
    }
  }
}

/// Does what dramatis.h says of it.
@c @implementation
public func dramatis_program_free(_ program: dramatis_program) -> dramatis_status {
  call { () throws(CallError) in
    guard Tables.programs.remove(program) != nil else { throw .badHandle("program") }
  }
}

/// Does what dramatis.h says of it.
@c @implementation
public func dramatis_program_describe(
  _ program: dramatis_program, _ description: UnsafeMutablePointer<dramatis_text>?
) -> dramatis_status {
  call { () throws(CallError) in
    let place = try description.needed("description")
    place.give((try? ProgramDescription(try Tables.program(program)).jsonLine()) ?? "")
  }
}

/// Does what dramatis.h says of it.
@c @implementation
public func dramatis_machine_index(
  _ program: dramatis_program, _ machine: UnsafePointer<CChar>?, _ length: Int,
  _ index: UnsafeMutablePointer<Int32>?
) -> dramatis_status {
  call { () throws(CallError) in
    guard let index else { throw .isNull("index") }
    index.pointee = 0
    let machines = try Tables.program(program).machines
    let name = try Argument(machine, length, "machine").text()
    guard let place = machines.firstIndex(where: { $0.name == name }) else {
      let near = nearest(name, among: machines.map(\.name))
      throw CallError(InstanceError.noSuchMachine(name, nearest: near))
    }
    index.pointee = Int32(place)
  }
}

extension CompiledFile {
  /// The program, where there is one.
  fileprivate var loadedProgram: Program? {
    switch self {
    case .program(let program): program
    case .profile(let compilation): compilation.program
    case .damagedProgram, .story, .lore: nil
    }
  }
}

/// What a program declares, for tools and for engines that go by indices.
private struct ProgramDescription: Encodable {
  struct Machine: Encodable {
    let name: String
    let states: [String]
  }

  struct Asked: Encodable {
    let name: String?
    let ask: String
  }

  struct Declared: Encodable {
    let name, takes: String
  }

  let character, hash: String
  let machines: [Machine]
  let variables: [Declared]
  let questions: [Asked]
  let commitments: [String]

  init(_ program: Program) {
    character = program.character
    hash = program.contentHash
    machines = program.machines.map { Machine(name: $0.name, states: $0.states.map(\.name)) }
    variables = program.variables.map { Declared(name: $0.name, takes: $0.expectation) }
    questions = program.questions.map { Asked(name: $0.name, ask: $0.text) }
    commitments = program.commitments.map(\.name)
  }
}
