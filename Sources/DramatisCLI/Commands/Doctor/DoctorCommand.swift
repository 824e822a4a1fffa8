import ArgumentParser
import Dramatis
import DramatisLLM

/// Probes an endpoint and says what is used for what it lacks.
struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Probe an endpoint: what it can do, and what is used instead of what it cannot.",
    discussion: """
      Sends a handful of short requests. The exit code is 0 where a character can speak, whatever is missing \
      besides, and 3 where none can. What a service refuses is learnt and asked otherwise from then on, here and in \
      every other command; it is shown here with what the service said. Eight control questions say whether the model \
      can answer questions about a scene: where it guesses, chat leaves them to the cues, unless --discriminator llm \
      says otherwise. Three lines of a made-up character say whether the usual form of prompts suits the model, or the \
      compact one; chat then uses that, unless --prompt-form or the profile says otherwise. It all takes fewer than 20 \
      requests. --write adds what was found to config.yaml, where nothing that is there is changed.

      Example: dramatis doctor --base-url http://localhost:8080/v1 --model default
      """)

  @OptionGroup var options: ModelOptions

  @Flag(help: "Forget first what was learnt of this model before.")
  var forget = false

  @Flag(help: "Add what was found to the endpoint in config.yaml.")
  var write = false

  @Option(
    name: .customLong("as"),
    help: ArgumentHelp("What the endpoint is called there, for --write.", valueName: "name"))
  var writtenName: String?

  @Option(help: "What to write: text or json.")
  var format = ReportFormat.text

  func validate() throws {
    guard write || writtenName == nil else { throw ValidationError("--as belongs to --write") }
    if let writtenName, writtenName.isEmpty || writtenName.oneLine != writtenName {
      throw ValidationError("--as takes a name")
    }
  }

  private struct Report: Encodable {
    struct Entry: Encodable {
      let subject, verdict, text: String
    }
    let address, model, dialect: String
    let findings: [Entry]
  }

  func run() async throws {
    var endpoint = try options.requiredModel().endpoint
    if forget {
      let count = try LessonFile().forget(endpoint)
      Console.error.write(count == 0 ? "nothing was learnt before\n" : "\(count.of("lesson")) forgotten\n")
      endpoint.memory = LessonFile().memory(of: endpoint)
    }
    if format == .text {
      Console.output.write(
        "\(endpoint.address), \(endpoint.model), \(endpoint.dialect.name)\n".strippedOfControls())
    }
    let findings: [Finding]
    do throws(ModelError) {
      findings = try await EndpointProbe(endpoint).run { if format == .text { show($0) } }
    } catch {
      throw Failure("\(error)", .environment)
    }
    if format == .json {
      let report = Report(
        address: "\(endpoint.address)", model: endpoint.model, dialect: endpoint.dialect.name,
        findings: findings.map {
          Report.Entry(subject: $0.subject.rawValue, verdict: $0.verdict.rawValue, text: $0.text)
        })
      Console.output.write(try report.jsonReport())
    }
    if findings.contains(where: { $0.verdict == .failed }) { throw Failure("", .environment) }
    if write { try FoundSettings(of: endpoint, from: findings).write(as: name(for: endpoint)) }
  }

  /// What the endpoint is called in the configuration.
  private func name(for endpoint: Endpoint) throws(Failure) -> String {
    if let name = writtenName ?? options.endpoint { return name }
    let configuration = try ModelConfiguration.read()
    if options.baseURL == nil, Platform.environment("DRAMATIS_BASE_URL").isEmpty,
      let name = configuration.standard
    {
      return name
    }
    let known = configuration.endpoints.filter { _, entry in
      (try? endpoint.dialect.address(entry.address)) == endpoint.address
        && (entry.model ?? endpoint.model) == endpoint.model
    }
    if let name = known.keys.min() { return name }
    let host = endpoint.address.isLoopback ? "local" : endpoint.address.host.filter { $0 != "[" && $0 != "]" }
    let taken = Set(configuration.endpoints.keys).union(EndpointEntry.builtIn.keys)
    return ([host] + (2...99).map { "\(host)-\($0)" }).first { !taken.contains($0) } ?? host
  }

  private func show(_ finding: Finding) {
    var report = TextReport()
    report.entry("\(finding.verdict.rawValue): \(finding.subject.rawValue)", finding.text, column: 30)
    Console.output.write(report.text)
  }
}
