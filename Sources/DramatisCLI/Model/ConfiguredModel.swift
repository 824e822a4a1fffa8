import Dramatis
import DramatisLLM

/// A language model with all that flags, environment and configuration say of it.
struct ConfiguredModel: Sendable {
  let endpoint: Endpoint
  let temperature: Double?
  let maxTokens: Int?
  let contextTokens: Int?

  /// What the model is called and where it is, for people.
  var title: String { "\(endpoint.model) at \(endpoint.address.host)" }

  /// Says on standard error what should be known before anything is sent.
  func warn() {
    guard endpoint.exposesKey else { return }
    Console.error.write(
      "warning: the key goes to \(endpoint.address.host.oneLine) unencrypted, and anybody on the way can read it; use https\n"
    )
  }

  var model: any LanguageModel { RetryingModel(ServiceModel(endpoint)) }

  func renderer(user: String) -> PromptRenderer {
    var renderer = PromptRenderer(user: user)
    if let maxTokens { renderer.replyTokens = maxTokens }
    if let contextTokens { renderer.contextTokens = contextTokens }
    return renderer
  }

  func performer(user: String) -> LLMPerformer {
    LLMPerformer(model, settings: .init(temperature: temperature, renderer: renderer(user: user)))
  }

  /// Cues first, then the model.
  func discriminator(for cast: [Program]) -> any Discriminator {
    DiscriminatorStack([CueDiscriminator(for: cast), LLMDiscriminator(model)])
  }
}

extension ModelError {
  /// What happened and what to do, as a sentence.
  var sentence: String { "\(self).".capitalisedFirst }
}
