import Dramatis
import DramatisCompiler

/// The file of named endpoints: `$XDG_CONFIG_HOME/dramatis/config.yaml`.
struct ModelConfiguration {
  /// The endpoint that is used where nothing else is said.
  var standard: String?
  var endpoints: [String: EndpointEntry] = [:]

  /// Where the file is looked for.
  static var path: String {
    let given = Platform.environment("XDG_CONFIG_HOME")
    // The convention says that a relative path is to be ignored.
    let base = given.hasPrefix("/") ? given : Platform.environment("HOME") + "/.config"
    return base + "/dramatis/config.yaml"
  }

  /// Reads the file; empty where there is none.
  static func read() throws(Failure) -> ModelConfiguration {
    guard OutputFile(path: path).exists else { return ModelConfiguration() }
    let bytes = try Failure.mapping(
      try InputStream(found: path).readAll(limit: ReadLimits.standard.fileBytes))
    return try ModelConfiguration(bytes, name: path)
  }

  /// - Throws: ``Failure`` at the first mistake, with its line; no value is ever quoted, since it might be a key.
  init(_ bytes: [UInt8], name: String) throws(Failure) {
    let reader = ConfigurationReader(DocumentReader().read(name: name, bytes: bytes))
    self = try reader.configuration()
  }

  init() {}

  /// The endpoint of a name, be it configured or built in.
  func endpoint(_ name: String) throws(Failure) -> EndpointEntry {
    if let entry = endpoints[name] ?? EndpointEntry.builtIn[name] { return entry }
    let known = Set(endpoints.keys).union(EndpointEntry.builtIn.keys).sorted()
    let near =
      nearest(name, among: known).map { "; did you mean '\($0)'?" } ?? ": \(known.joined(separator: ", "))"
    throw Failure("no endpoint is called '\(name.oneLine)'\(near)", .usage)
  }
}
