#ifndef BENCHMARK_PEERS_H
#define BENCHMARK_PEERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Where the sentry of the step benchmark stands.
typedef struct {
  int64_t state, health, ammo, alarm;
} peer_sentry;

/// Steps the sentry over kinds of events with a switch.
void peer_sentry_run(peer_sentry *sentry, const uint8_t *kinds, size_t count);

/// Carries a dense belief over `count` states on: row i moves to j with `yes[i * count + j]`.
///
/// The diagonal is not read. `work` holds `2 * count` numbers.
void peer_belief_update(double *belief, const double *yes, size_t count, double *work);

/// Parses a file with libyaml and nothing else; the number of its events, or -1 where it cannot be read.
long peer_parse_yaml(const char *path);

/// How often this thread has asked for memory; see `peer_counts_allocations`.
uint64_t peer_allocation_count(void);

/// How many bytes this thread has asked for.
uint64_t peer_allocated_bytes(void);

/// Whether allocations are counted in this build at all.
bool peer_counts_allocations(void);

#ifdef __cplusplus
}
#endif

#endif
