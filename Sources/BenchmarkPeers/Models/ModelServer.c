#define _GNU_SOURCE
#include "BenchmarkPeers.h"
#include "ModelReply.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { most_connections = 4096, longest_request = 64 << 10 };

typedef struct {
  int descriptor;
  char *request;
  size_t received;
  bool is_answering;
  reply reply;
} connection;

typedef struct {
  struct pollfd items[most_connections + 2];
  connection connections[most_connections];
  size_t count;
} server;

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * INT64_C(1000000000) + time.tv_nsec;
}

static void take(server *server, int listener) {
  int descriptor = accept(listener, NULL, NULL);
  if (descriptor < 0) return;
  char *room = server->count < most_connections ? malloc(longest_request + 1) : NULL;
  if (room == NULL) {
    close(descriptor);
    return;
  }
  int on = 1;
  setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  fcntl(descriptor, F_SETFL, O_NONBLOCK);
  server->connections[server->count++] = (connection){.descriptor = descriptor, .request = room};
}

static void drop(server *server, size_t index) {
  close(server->connections[index].descriptor);
  free(server->connections[index].request);
  server->connections[index] = server->connections[--server->count];
}

/// How long the request is, head and body; 0 while its head is not there.
static size_t request_length(const char *request) {
  const char *end = strstr(request, "\r\n\r\n");
  if (end == NULL) return 0;
  const char *field = strcasestr(request, "\r\ncontent-length:");
  long body = field != NULL && field < end ? strtol(field + 17, NULL, 10) : 0;
  return (size_t)(end + 4 - request) + (body > 0 ? (size_t)body : 0);
}

/// Reads what has come; false where the peer has gone or says what nobody understands.
static bool hear(connection *peer) {
  ssize_t count =
      recv(peer->descriptor, peer->request + peer->received, longest_request - peer->received, 0);
  if (count < 0) return errno == EAGAIN || errno == EINTR;
  if (count == 0) return false;
  peer->received += (size_t)count;
  peer->request[peer->received] = 0;
  size_t length = request_length(peer->request);
  if (length == 0 || peer->received < length) return peer->received < longest_request;
  peer->received = 0;
  peer->is_answering = true;
  return reply_begin(&peer->reply, peer->request, now());
}

/// Sends what may be sent by now; false where the peer has gone.
static bool answer(connection *peer, int64_t time) {
  size_t limit = reply_due(&peer->reply, time);
  while (peer->reply.sent < limit) {
    size_t length = limit - peer->reply.sent;
    const char *bytes = reply_bytes(&peer->reply, &length);
    ssize_t count = send(peer->descriptor, bytes, length, MSG_NOSIGNAL);
    if (count < 0) return errno == EAGAIN || errno == EINTR;
    peer->reply.sent += (size_t)count;
  }
  peer->is_answering = peer->reply.sent < peer->reply.length;
  return true;
}

/// Sets up what is waited for, and says until when.
static int64_t prepare(server *server, int64_t time) {
  int64_t next = INT64_MAX;
  for (size_t index = 0; index < server->count; index++) {
    connection *peer = &server->connections[index];
    bool is_blocked = peer->is_answering && reply_due(&peer->reply, time) > peer->reply.sent;
    server->items[index + 2] =
        (struct pollfd){.fd = peer->descriptor, .events = is_blocked ? POLLIN | POLLOUT : POLLIN};
    int64_t due = peer->is_answering && !is_blocked ? reply_next(&peer->reply) : INT64_MAX;
    if (due < next) next = due;
  }
  return next;
}

static void turn(server *server, int listener) {
  int64_t time = now(), next = prepare(server, time), wait = next > time ? next - time : 0;
  struct timespec timeout = {wait / 1000000000, wait % 1000000000};
  nfds_t count = server->count + 2;
  if (ppoll(server->items, count, next == INT64_MAX ? NULL : &timeout, NULL) < 0) return;
  time = now();
  // Backwards, because the last one takes the place of one that goes.
  for (size_t index = count - 2; index-- > 0;) {
    connection *peer = &server->connections[index];
    bool is_here = (server->items[index + 2].revents & ~POLLOUT) == 0 || hear(peer);
    if (!is_here || (peer->is_answering && !answer(peer, time))) drop(server, index);
  }
  if (server->items[0].revents != 0) take(server, listener);
}

/// Leaves the processors of the measuring process to it, if there are others.
static void move_aside(void) {
  cpu_set_t theirs, ours;
  if (sched_getaffinity(0, sizeof theirs, &theirs) != 0) return;
  CPU_ZERO(&ours);
  for (long number = 0; number < sysconf(_SC_NPROCESSORS_ONLN) && number < CPU_SETSIZE; number++) {
    if (!CPU_ISSET(number, &theirs)) CPU_SET(number, &ours);
  }
  if (CPU_COUNT(&ours) > 0) sched_setaffinity(0, sizeof ours, &ours);
}

/// Serves until the other end of the pipe is closed, which the end of the measuring process does too.
static void serve(int listener, int pipe) {
  static server server;
  move_aside();
  signal(SIGPIPE, SIG_IGN);
  server.items[0] = (struct pollfd){.fd = listener, .events = POLLIN};
  server.items[1] = (struct pollfd){.fd = pipe, .events = POLLIN};
  while (server.items[1].revents == 0) turn(&server, listener);
}

static int listen_on_loopback(uint16_t *port) {
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof address;
  if (bind(listener, (struct sockaddr *)&address, length) != 0 || listen(listener, 1024) != 0 ||
      getsockname(listener, (struct sockaddr *)&address, &length) != 0) {
    close(listener);
    return -1;
  }
  *port = ntohs(address.sin_port);
  return listener;
}

/// The sockets of all clients are open at the same time, and children inherit those of libcurl.
static void allow_many_files(void) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

bool peer_server_start(peer_server *server) {
  allow_many_files();
  int ends[2], listener = listen_on_loopback(&server->port);
  if (listener < 0) return false;
  if (pipe2(ends, O_CLOEXEC) != 0) {
    close(listener);
    return false;
  }
  server->process = fork();
  if (server->process == 0) {
    close(ends[1]);
    serve(listener, ends[0]);
    _exit(0);
  }
  close(listener);
  close(ends[0]);
  server->pipe = ends[1];
  if (server->process > 0) return true;
  close(ends[1]);
  return false;
}

void peer_server_stop(peer_server *server) {
  close(server->pipe);
  waitpid(server->process, NULL, 0);
}

int peer_processor_count(void) {
  cpu_set_t set;
  return sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 0;
}
