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

/// A service on the loopback that runs in a process of its own, on processors of its own where there are any.
///
/// Below `/stream/200/50/` it streams 200 tokens as chat completions, 50 a second (0: all at once); below `/answer/50/`
/// it answers "yes" after 50 ms.
typedef struct {
  uint16_t port;
  int32_t process;
  int pipe;
} peer_server;

/// Starts a service; false where the system has no socket or no process for it.
bool peer_server_start(peer_server *server);

/// Ends a service; the end of this process does so too.
void peer_server_stop(peer_server *server);

/// On how many processors this process may run.
int peer_processor_count(void);

/// The least that a client can do with libcurl: keeps its handles and connections, counts lines.
typedef struct peer_client peer_client;

/// Makes a client of so many transfers at the same time; null where there is no memory.
peer_client *peer_client_make(size_t streams);

void peer_client_free(peer_client *client);

/// Posts a body so many times in each transfer, one after another, and counts the lines that begin with "data:".
///
/// False where a request fails or has another status than 200.
bool peer_client_run(
    peer_client *client, const char *url, const char *body, size_t requests, size_t *lines);

#ifdef __cplusplus
}
#endif

#endif
