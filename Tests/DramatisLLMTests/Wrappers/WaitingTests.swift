import Synchronization
import TestSupport
import Testing

@testable import DramatisLLM

/// How long a service is waited for that loads its model or is busy.
@Suite struct WaitingTests {
  private static func busy(_ message: String, status: Int = 503, after: Duration? = nil) -> ModelError {
    .refused(status: status, message: message, retryAfter: after)
  }

  @Test(arguments: [
    busy("Loading model"), busy("server busy, please try again. maximum pending requests exceeded"),
    busy("Model ann/m is currently loading"), busy("Overloaded", status: 529), busy("", after: .seconds(2)),
    .failed("model is still loading"),
  ])
  func `a service that is busy is asked until the patience ends`(error: ModelError) {
    let policy = RetryPolicy(patience: .seconds(600))
    for attempt in [1, 4, 40, 90] {
      let wait = policy.wait(after: error, attempt: attempt, call: 1, spent: .seconds(attempt))
      #expect(wait.map { $0 <= .seconds(3) } == true, "attempt \(attempt)")
    }
    #expect(policy.wait(after: error, attempt: 90, call: 1, spent: .seconds(599.9)) == nil)
    #expect(RetryPolicy().wait(after: error, attempt: 4, call: 1) == nil)
  }

  @Test(arguments: [busy("no route"), .unreachable("nobody"), .cutOff, busy("quota used up", status: 429)])
  func `any other failure is tried as often as ever`(error: ModelError) {
    let policy = RetryPolicy(patience: .seconds(600))
    #expect(policy.wait(after: error, attempt: 3, call: 1, spent: .seconds(3)) != nil)
    #expect(policy.wait(after: error, attempt: 4, call: 1, spent: .seconds(5)) == nil)
  }

  @Test(arguments: [
    busy("You exceeded your current quota, please check your plan and billing details.", status: 429),
    busy("model requires more system memory (9 GiB) than is available", status: 500),
    .failed("CUDA error: out of memory"),
  ])
  func `what waiting does not help is not tried again`(error: ModelError) {
    #expect(RetryPolicy(patience: .seconds(600)).wait(after: error, attempt: 1, call: 1) == nil)
  }

  @Test func `whoever waits is told of each wait`() async throws {
    let model = FakeModel { _, number throws(ModelError) in
      if number < 7 { throw Self.busy("Loading model") }
      return Completion(text: "Here.")
    }
    let told = Mutex(0)
    let retrying = RetryingModel(
      model, policy: RetryPolicy(patience: .seconds(60)), onWait: { _, _ in told.withLock { $0 += 1 } }
    ) { _ in }
    #expect(try await retrying.complete(ModelRequest([.init(.user, "Hi")])).text == "Here.")
    #expect(told.withLock { $0 } == 7)
  }
}
