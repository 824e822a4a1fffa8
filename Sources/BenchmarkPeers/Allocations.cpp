#include "BenchmarkPeers.h"

#include <errno.h>

// A sanitizer brings an allocator of its own, and other C libraries do not export glibc's under a second name.
#if defined(__has_feature)
#define SANITIZED (__has_feature(address_sanitizer) || __has_feature(thread_sanitizer))
#else
#define SANITIZED 0
#endif

#if defined(__GLIBC__) && !SANITIZED

namespace {

thread_local uint64_t allocations = 0;
thread_local uint64_t bytes = 0;

void count(size_t size) {
  allocations += 1;
  bytes += size;
}

}  // namespace

// The program's own definitions take the place of the C library's, for every library in the process.
extern "C" {

void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);
void *__libc_memalign(size_t, size_t);

void *malloc(size_t size) {
  count(size);
  return __libc_malloc(size);
}

void *calloc(size_t number, size_t size) {
  count(number * size);
  return __libc_calloc(number, size);
}

void *realloc(void *old, size_t size) {
  count(size);
  return __libc_realloc(old, size);
}

void *memalign(size_t alignment, size_t size) {
  count(size);
  return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  count(size);
  return __libc_memalign(alignment, size);
}

int posix_memalign(void **result, size_t alignment, size_t size) {
  count(size);
  void *memory = __libc_memalign(alignment, size);
  if (memory == nullptr) return ENOMEM;
  *result = memory;
  return 0;
}

uint64_t peer_allocation_count(void) { return allocations; }

uint64_t peer_allocated_bytes(void) { return bytes; }

bool peer_counts_allocations(void) { return true; }
}

#else

extern "C" {

uint64_t peer_allocation_count(void) { return 0; }

uint64_t peer_allocated_bytes(void) { return 0; }

bool peer_counts_allocations(void) { return false; }
}

#endif
