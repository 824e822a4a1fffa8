import Dramatis

extension ModelOptions {
  /// What the flags come to here and now; nil where no model is configured.
  func model(needsName: Bool = true) throws(Failure) -> ConfiguredModel? {
    let resolver = ModelResolver(
      options: self, configuration: try ModelConfiguration.read(), environment: Platform.environment)
    let model = try resolver.model(needsName: needsName)
    model?.warn()
    return try model?.opened(self)
  }

  /// The model that is configured.
  ///
  /// - Throws: ``Failure`` where there is none.
  func requiredModel(needsName: Bool = true) throws(Failure) -> ConfiguredModel {
    guard let model = try model(needsName: needsName) else {
      throw Failure(
        "no language model is configured; give --endpoint NAME or --base-url ADDRESS, or set DRAMATIS_BASE_URL",
        .usage)
    }
    return model
  }
}
