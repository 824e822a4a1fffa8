import Dramatis
import DramatisLLM

/// What a doctor found of an endpoint that a configuration can say.
struct FoundSettings {
  private let endpoint: Endpoint
  private let settings: [ConfigurationWriter.Setting]
  /// The most tokens of a prompt that are written down, however many there is room for.
  private static let mostContextTokens = 32_768

  init(of endpoint: Endpoint, from findings: [Finding]) {
    self.endpoint = endpoint
    let memory = endpoint.memory
    let isFormKnown = findings.contains { $0.subject == .promptForm && $0.verdict != .unknown }
    let tokens = memory.contextTokens.map { min($0, Self.mostContextTokens) }.flatMap {
      ModelSetting.contexts.contains(Double($0)) ? $0 : nil
    }
    let form = isFormKnown ? memory.promptForm : nil
    settings = [
      tokens.map { .init("context", "\($0)") }, memory.slots.map { .init("parallel", "\($0)") },
      form.map { .init("prompt-form", $0.rawValue) },
    ].compactMap(\.self)
  }

  /// What a configuration says of an endpoint that it does not know yet.
  private var place: [ConfigurationWriter.Setting] {
    let variable = endpoint.key == nil ? nil : endpoint.dialect.keyVariable
    return [
      .init("base-url", text: "\(endpoint.address)"), .init("protocol", text: endpoint.dialect.name),
      .init("model", text: endpoint.model),
    ] + [variable.map { .init("key-variable", text: $0) }].compactMap(\.self)
  }

  /// Adds it to the file and says which lines are new.
  func write(as name: String) throws(Failure) {
    let path = ModelConfiguration.path
    let file = OutputFile(path: path)
    let bytes =
      file.exists
      ? try Failure.mapping(try InputStream(found: path).readAll(limit: 1 << 20)) : []
    let change = try ConfigurationWriter(bytes, name: path).adding(settings, to: name, at: place)
    if !change.added.isEmpty {
      do throws(FileError) {
        if let slash = path.lastIndex(of: "/") { try Folder.make(String(path[..<slash])) }
        try file.write(Array(change.text.utf8))
      } catch {
        throw Failure(error)
      }
    }
    let added = change.added.map { "+ \($0)\n" }.joined()
    let kept = change.kept.isEmpty ? "" : "\(change.kept.joined(separator: ", ")): stays as it is written\n"
    Console.error.write(
      "\(added.isEmpty ? "nothing to add to" : "added to") \(path.oneLine):\n\(added)\(kept)"
        .strippedOfControls())
    Console.error.write("chat uses it with --endpoint \(name.oneLine)\n")
  }
}
