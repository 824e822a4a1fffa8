import ArgumentParser
import DramatisLLM

/// Lists what an endpoint offers.
struct ModelsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "models",
    abstract: "List the models that an endpoint offers.",
    discussion: """
      Without flags the endpoint is that of the environment or of the configuration.

      Example: dramatis models --endpoint ollama
      """)

  @OptionGroup var options: ModelOptions

  @Option(help: "What to write: text or json.")
  var format = ReportFormat.text

  private struct Offer: Encodable {
    let name: String
    let context: Int?
  }

  func run() async throws {
    let endpoint = try options.requiredModel(needsName: false).endpoint
    let models: [OfferedModel]
    do throws(ModelError) {
      models = try await endpoint.models()
    } catch {
      throw Failure("\(error)", .environment)
    }
    if format == .json {
      Console.output.write(try models.map { Offer(name: $0.name, context: $0.contextTokens) }.jsonReport())
    } else {
      for model in models {
        let context = model.contextTokens.map { " (\($0) tokens)" } ?? ""
        Console.output.write("\(model.name.oneLine)\(context)\n")
      }
      if models.isEmpty { Console.error.write("the service offers no model\n") }
    }
  }
}
