import Dramatis

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
