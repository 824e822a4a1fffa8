/* Waiting for the sockets of libcurl with epoll and eventfd, which only Linux has; another system needs these six
   functions written in its own terms, and nothing else of it is known outside of this file. */
#ifndef DRAMATIS_CCURL_SOCKETS_H
#define DRAMATIS_CCURL_SOCKETS_H

#include <curl/curl.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

/* A socket with which something can be done, and what, in libcurl's terms. */
typedef struct {
  curl_socket_t socket;
  int actions;
} ccurl_ready;

/* A set of sockets that can be waited for; negative where the system has no more room. */
static inline int ccurl_make_set(void) { return epoll_create1(EPOLL_CLOEXEC); }

/* A descriptor that wakes whoever waits for the set; negative where the system has no more room. */
static inline int ccurl_make_wakeup(int set) {
  int wakeup = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  /* Told of each wake-up once, so that nobody has to read. */
  struct epoll_event event = {.events = EPOLLIN | EPOLLET, .data.fd = -1};
  if (wakeup < 0 || epoll_ctl(set, EPOLL_CTL_ADD, wakeup, &event) == 0) return wakeup;
  close(wakeup);
  return -1;
}

static inline void ccurl_close(int descriptor) { close(descriptor); }

static inline void ccurl_wake(int wakeup) {
  uint64_t one = 1;
  /* What fails here is a counter that has counted 2^64 wake-ups. */
  if (write(wakeup, &one, sizeof one) < 0) return;
}

/* Watches a socket for what libcurl wants of it, be it new to the set or not.
   One of which nothing is wanted stays in the set, because it is likely to be used again and to take it out costs five times
   as much; it may tell of a failure, but once. The system takes it out when it is closed. */
static inline bool ccurl_watch(int set, curl_socket_t socket, int wish) {
  uint32_t events = (wish & CURL_POLL_IN ? EPOLLIN : 0) | (wish & CURL_POLL_OUT ? EPOLLOUT : 0);
  struct epoll_event event = {.events = wish == CURL_POLL_REMOVE ? EPOLLET : events, .data.fd = socket};
  return epoll_ctl(set, EPOLL_CTL_MOD, socket, &event) == 0 || wish == CURL_POLL_REMOVE ||
         epoll_ctl(set, EPOLL_CTL_ADD, socket, &event) == 0;
}

/* Waits until something can be done with a socket, somebody wakes it or the time has passed; returns how many sockets. */
static inline int ccurl_wait(int set, ccurl_ready *ready, int most, int milliseconds) {
  struct epoll_event events[256];
  int count = epoll_wait(set, events, most < 256 ? most : 256, milliseconds), kept = 0;
  for (int index = 0; index < count; index++) {
    /* What has failed is found out by reading. */
    int actions = (events[index].events & ~(uint32_t)EPOLLOUT ? CURL_CSELECT_IN : 0) |
                  (events[index].events & EPOLLOUT ? CURL_CSELECT_OUT : 0);
    if (events[index].data.fd >= 0) ready[kept++] = (ccurl_ready){events[index].data.fd, actions};
  }
  return kept;
}

#endif
