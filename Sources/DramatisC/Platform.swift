// All that this target takes from the C library.
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A value that one thread at a time may touch.
///
/// A mutex of the system at a place that never moves, and none of the standard library: a sanitizer that looks for races knows it.
final class Lock<Value>: @unchecked Sendable {
  // Touched between lock and unlock alone.
  private var value: Value
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)

  init(_ value: Value) {
    self.value = value
    mutex.initialize(to: pthread_mutex_t())
    pthread_mutex_init(mutex, nil)
  }

  deinit {
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
  }

  func withLock<Result, Failure: Error>(
    _ body: (inout Value) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return try body(&value)
  }
}

/// What belongs to a thread, and goes away with it.
final class ThreadMemory: @unchecked Sendable {
  private var key = pthread_key_t()

  init() {
    pthread_key_create(&key) { pointer in
      #if canImport(Darwin)
        Unmanaged<ThreadTexts>.fromOpaque(pointer).release()
      #else
        if let pointer { Unmanaged<ThreadTexts>.fromOpaque(pointer).release() }
      #endif
    }
  }

  /// The texts of the thread that asks.
  var texts: ThreadTexts {
    if let pointer = pthread_getspecific(key) {
      return Unmanaged<ThreadTexts>.fromOpaque(pointer).takeUnretainedValue()
    }
    let texts = ThreadTexts()
    pthread_setspecific(key, Unmanaged.passRetained(texts).toOpaque())
    return texts
  }
}

/// The length of a text that ends with a zero; nil where there is none within a limit.
func lengthUpToZero(_ bytes: UnsafePointer<CChar>, limit: Int) -> Int? {
  let length = strnlen(bytes, limit + 1)
  return length > limit ? nil : length
}
