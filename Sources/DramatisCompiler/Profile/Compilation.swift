import Dramatis

/// What came of compiling a profile: a program where there was no error, and what there is to say.
public struct Compilation: Sendable {
  /// The source, to show diagnostics in.
  public let file: SourceFile
  /// The compiled profile; nil if there was an error.
  public let program: Program?
  /// All mistakes and suspicions, in the order of the file.
  public let diagnostics: [Diagnostic]
  /// The document, to say where parts of the program stand.
  let root: Node?
  /// What the profile says must hold, for whoever checks it.
  package let properties: [Property]
  /// The questions of the program, and those that only properties ask.
  let questions: [Question]

  /// The diagnostics that keep the profile from running.
  public var errors: [Diagnostic] { diagnostics.filter { $0.severity == .error } }
  /// The diagnostics that are mere suspicions.
  public var warnings: [Diagnostic] { diagnostics.filter { $0.severity == .warning } }

  /// The diagnostics as a reader sees them, with source excerpts, one blank line between two.
  public func report(_ diagnostics: [Diagnostic]) -> String {
    let renderer = DiagnosticRenderer(file: file)
    return diagnostics.map(renderer.text).joined(separator: "\n\n")
  }

  /// Compiles a profile from the bytes of a YAML file.
  ///
  /// ```swift
  /// let compilation = Compilation(of: bytes, name: "mara.yaml")
  /// guard let program = compilation.program else { print(compilation.report(compilation.errors)); return }
  /// ```
  ///
  /// - Parameters:
  ///   - bytes: The whole file; anything may be in it.
  ///   - name: What to call it in diagnostics, usually its path.
  ///   - prunes: Whether gates that lead to no statement are left out, which changes no statement and asks less.
  ///   - shares: Whether `ask("…")` of the same text twice is one question; otherwise each asks for itself.
  public init(of bytes: [UInt8], name: String, prunes: Bool = true, shares: Bool = true) {
    self.init(of: bytes, name: name, limits: .standard, prunes: prunes, shares: shares)
  }

  package init(
    of bytes: [UInt8], name: String, limits: ProfileLimits, prunes: Bool = true, shares: Bool = true
  ) {
    let document = DocumentReader(limits: limits.reading).read(name: name, bytes: bytes)
    var reader = ProfileReader(file: document.file, limits: limits, prunes: prunes, shares: shares)
    let program = document.root.flatMap { reader.read($0) }
    file = document.file
    root = document.root
    properties = reader.properties
    questions = reader.resolver.names.questions
    diagnostics = document.diagnostics(adding: reader.diagnostics)
    self.program = diagnostics.contains { $0.severity == .error } ? nil : program
  }

  private init(_ other: Compilation, with diagnostics: [Diagnostic]) {
    file = other.file
    program = other.program
    root = other.root
    properties = other.properties
    questions = other.questions
    self.diagnostics = diagnostics
  }

  /// The diagnostics of a file that is no profile.
  init(of file: SourceFile, root: Node? = nil, _ diagnostics: [Diagnostic]) {
    self.file = file
    self.root = root
    self.diagnostics = diagnostics.tidied
    (program, properties, questions) = (nil, [], [])
  }

  /// The same with other diagnostics.
  func with(_ diagnostics: [Diagnostic]) -> Compilation {
    Compilation(self, with: diagnostics)
  }
}

/// A profile that has mistakes; its description is the report of all of them.
public struct ProfileError: Error, Sendable, CustomStringConvertible {
  /// What came of compiling it.
  public let compilation: Compilation

  /// The errors with source excerpts.
  public var description: String { compilation.report(compilation.errors) }
}

extension Program {
  /// Compiles a profile from the bytes of a YAML file.
  ///
  /// ```swift
  /// let mara = try Program(profile: Array(Data(contentsOf: url)), name: "mara.yaml")
  /// ```
  ///
  /// - Parameters:
  ///   - bytes: The whole file; anything may be in it.
  ///   - name: What to call it in diagnostics, usually its path.
  /// - Throws: ``ProfileError`` with every mistake. Warnings are in ``Compilation`` only.
  public init(profile bytes: [UInt8], name: String) throws(ProfileError) {
    let compilation = Compilation(of: bytes, name: name)
    guard let program = compilation.program else { throw ProfileError(compilation: compilation) }
    self = program
  }
}
