import ArgumentParser

/// Which language model a command uses, as far as flags say it.
struct ModelOptions: ParsableArguments {
  @Option(
    name: .customLong("base-url"),
    help: ArgumentHelp("Where the model is served, such as http://localhost:8080/v1.", valueName: "address"))
  var baseURL: String?

  @Option(help: "An endpoint of the configuration, or one of anthropic, llama-server, ollama, openai.")
  var endpoint: String?

  @Option(help: "The model's name there.")
  var model: String?

  @Option(help: "How freely the model draws words, from 0 to 2.")
  var temperature: Double?

  @Option(
    name: .customLong("max-tokens"), help: ArgumentHelp("The longest reply in tokens.", valueName: "tokens"))
  var maxTokens: Int?

  @Option(
    help: ArgumentHelp("How many tokens prompt and reply may have together.", valueName: "tokens"))
  var context: Int?

  @Option(help: ArgumentHelp("The longest that a reply may take.", valueName: "seconds"))
  var timeout: Double?

  func validate() throws {
    guard baseURL == nil || endpoint == nil else {
      throw ValidationError("--base-url and --endpoint both say where the model is; give one of them")
    }
    for (name, number, range) in [
      ("--temperature", temperature, ModelSetting.temperatures),
      ("--max-tokens", maxTokens.map(Double.init), ModelSetting.lengths),
      ("--timeout", timeout, ModelSetting.times),
      ("--context", context.map(Double.init), ModelSetting.contexts),
    ] {
      if let number, !range.contains(number) {
        throw ValidationError(
          "\(name) takes a number from \(Int(range.lowerBound)) to \(Int(range.upperBound))")
      }
    }
  }
}

/// Bounds of what flags and the configuration say.
enum ModelSetting {
  static let temperatures = 0.0...2
  /// In tokens.
  static let lengths = 1.0...100_000
  /// In seconds.
  static let times = 1.0...86_400
  /// In tokens.
  static let contexts = 512.0...10_000_000
}
