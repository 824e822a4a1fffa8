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
///
/// It may be shared since nothing of it changes after it was made: each thread sees values of its own behind the key.
final class ThreadMemory: @unchecked Sendable {
  /// Nil where the process has used up all keys.
  private let key: pthread_key_t?

  init() {
    var key = pthread_key_t()
    let status = pthread_key_create(&key) { pointer in
      #if canImport(Darwin)
        Unmanaged<ThreadTexts>.fromOpaque(pointer).release()
      #else
        if let pointer { Unmanaged<ThreadTexts>.fromOpaque(pointer).release() }
      #endif
    }
    self.key = status == 0 ? key : nil
  }

  /// The texts of the thread that asks; without a key new ones each time, which stay, since a caller may still read them.
  var texts: ThreadTexts {
    guard let key else { return Unmanaged.passRetained(ThreadTexts()).takeUnretainedValue() }
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
