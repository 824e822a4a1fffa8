import Dramatis

/// A file of scenarios as it was written, before its names mean anything.
public struct ScenarioFile: Sendable {
  /// The source, to show diagnostics in.
  public let file: SourceFile
  let root: Node?
  private let document: DocumentReading

  /// Reads the bytes of a YAML file.
  public init(of bytes: [UInt8], name: String) {
    document = DocumentReader().read(name: name, bytes: bytes)
    file = document.file
    root = document.root
  }

  /// The path of the profile as the file gives it, seen from the folder of the file; nil where it gives none.
  public var profile: String? { profileNode?.scalar?.text }

  private var profileNode: Node? { root?[\ScenarioFileKeys.profile] }

  /// The scenarios as they are meant for a program.
  ///
  /// - Parameter program: The compiled profile; without one, names are not looked at.
  public func reading(for program: Program?) -> ScenarioReading {
    reading(for: program.map { [$0] } ?? [])
  }

  /// The scenarios as they are meant for the cast of a story.
  ///
  /// - Parameter cast: The characters in their order; without any, names are not looked at.
  public func reading(for cast: [Program]) -> ScenarioReading {
    var reader = ScenarioReader(file: file, cast: cast)
    let scenarios = root.map { reader.read($0) } ?? []
    return ScenarioReading(
      file: file, root: root, scenarios: scenarios,
      diagnostics: document.diagnostics(adding: reader.diagnostics))
  }

  /// Whether nobody can tell which profile the file is for, as it or the line that says so could not be read.
  var hidesProfile: Bool {
    profile?.isEmpty != false && (root == nil && !document.diagnostics.isEmpty || !file.passedOver.isEmpty)
  }

  /// Says that the profile cannot be used.
  func unusableProfile(_ why: String, help: [String] = []) -> Diagnostic {
    Diagnostic(.profileNotUsable, message: why, at: profileNode?.span, help: help)
  }
}

/// The scenarios of a file, and what is wrong with them.
public struct ScenarioReading: Sendable {
  /// The source, to show diagnostics in.
  public let file: SourceFile
  /// The document, to say where its parts stand.
  let root: Node?
  /// In the order written; those with mistakes are left out in part.
  public let scenarios: [Scenario]
  /// All mistakes, in the order of the file.
  public let diagnostics: [Diagnostic]

  /// The same with more mistakes, which stand where they belong.
  func adding(_ others: [Diagnostic]) -> ScenarioReading {
    ScenarioReading(
      file: file, root: root, scenarios: scenarios, diagnostics: (diagnostics + others).tidied)
  }

  /// Whether there is no mistake, so that the scenarios can be run.
  public var isSound: Bool { !diagnostics.contains { $0.severity == .error } }
}
