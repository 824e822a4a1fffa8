/// Work on many things at once.
package enum Parallel {
  /// Maps every element, as many at once as there are processors; the order is that of the elements.
  package static func map<Input: Sendable, Output: Sendable>(
    _ inputs: [Input], _ transform: @escaping @Sendable (Input) async -> Output
  ) async -> [Output] {
    await withTaskGroup(of: (Int, Output).self) { group in
      for (index, input) in inputs.enumerated() { group.addTask { (index, await transform(input)) } }
      var outputs = [Output?](repeating: nil, count: inputs.count)
      for await (index, output) in group { outputs[index] = output }
      return outputs.compactMap(\.self)
    }
  }
}
