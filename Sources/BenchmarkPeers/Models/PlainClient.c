#include "BenchmarkPeers.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  CURL *easy;
  size_t left;
  size_t *lines;
  /// How much of "data:" the current line has shown to begin with; -1 once it begins with something else.
  int matched;
} transfer;

struct peer_client {
  CURLM *multi;
  struct curl_slist *headers;
  size_t count, lines, unfinished, failures;
  transfer transfers[];
};

/// Counts the lines that begin with "data:", wherever the pieces are cut.
static size_t receive(char *bytes, size_t size, size_t count, void *context) {
  static const char field[] = "data:";
  transfer *transfer = context;
  const char *end = bytes + size * count;
  for (const char *next = bytes; next < end;) {
    if (transfer->matched >= 0 && transfer->matched < 5) {
      transfer->matched = *next == field[transfer->matched] ? transfer->matched + 1 : -1;
      if (transfer->matched == 5) *transfer->lines += 1;
      if (*next++ == '\n') transfer->matched = 0;
      continue;
    }
    const char *line_end = memchr(next, '\n', (size_t)(end - next));
    if (line_end == NULL) break;
    transfer->matched = 0;
    next = line_end + 1;
  }
  return size * count;
}

peer_client *peer_client_make(size_t streams) {
  peer_client *client = calloc(1, sizeof *client + streams * sizeof(transfer));
  if (client == NULL) return NULL;
  client->multi = curl_multi_init();
  client->headers = curl_slist_append(NULL, "Content-Type: application/json");
  client->count = streams;
  curl_multi_setopt(client->multi, CURLMOPT_MAXCONNECTS, (long)streams);
  for (size_t index = 0; index < streams; index++) client->transfers[index].easy = curl_easy_init();
  return client;
}

void peer_client_free(peer_client *client) {
  for (size_t index = 0; index < client->count; index++) curl_easy_cleanup(client->transfers[index].easy);
  curl_multi_cleanup(client->multi);
  curl_slist_free_all(client->headers);
  free(client);
}

static void start(peer_client *client, size_t index, const char *url, const char *body) {
  transfer *transfer = &client->transfers[index];
  transfer->matched = 0;
  transfer->lines = &client->lines;
  curl_easy_setopt(transfer->easy, CURLOPT_URL, url);
  curl_easy_setopt(transfer->easy, CURLOPT_POSTFIELDS, body);
  curl_easy_setopt(transfer->easy, CURLOPT_HTTPHEADER, client->headers);
  curl_easy_setopt(transfer->easy, CURLOPT_WRITEFUNCTION, receive);
  curl_easy_setopt(transfer->easy, CURLOPT_WRITEDATA, transfer);
  curl_easy_setopt(transfer->easy, CURLOPT_PRIVATE, transfer);
  curl_multi_add_handle(client->multi, transfer->easy);
}

/// Takes a transfer's end, and begins the next one of its handle.
static void go_on(peer_client *client, CURL *easy, CURLcode code) {
  transfer *transfer = NULL;
  long status = 0;
  curl_easy_getinfo(easy, CURLINFO_PRIVATE, &transfer);
  curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
  if (code != CURLE_OK || status != 200) client->failures++;
  client->unfinished--;
  transfer->matched = 0;
  curl_multi_remove_handle(client->multi, easy);
  if (--transfer->left > 0) curl_multi_add_handle(client->multi, easy);
}

bool peer_client_run(
    peer_client *client, const char *url, const char *body, size_t requests, size_t *lines) {
  client->lines = 0;
  client->failures = 0;
  client->unfinished = client->count * requests;
  for (size_t index = 0; index < client->count; index++) {
    client->transfers[index].left = requests;
    start(client, index, url, body);
  }
  while (client->unfinished > 0) {
    int running, left;
    if (curl_multi_perform(client->multi, &running) != CURLM_OK) return false;
    for (CURLMsg *message; (message = curl_multi_info_read(client->multi, &left)) != NULL;) {
      if (message->msg == CURLMSG_DONE) go_on(client, message->easy_handle, message->data.result);
    }
    if (client->unfinished > 0) curl_multi_poll(client->multi, NULL, 0, 1000, NULL);
  }
  *lines = client->lines;
  return client->failures == 0;
}
