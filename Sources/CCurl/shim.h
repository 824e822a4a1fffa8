/* libcurl, with the variadic functions and the union that Swift cannot import given types. */
#ifndef DRAMATIS_CCURL_SHIM_H
#define DRAMATIS_CCURL_SHIM_H

#include <curl/curl.h>
#include <stdbool.h>

static inline CURLcode ccurl_set_long(CURL *easy, CURLoption option, long value) {
  return curl_easy_setopt(easy, option, value);
}

static inline CURLcode ccurl_set_text(CURL *easy, CURLoption option, const char *value) {
  return curl_easy_setopt(easy, option, value);
}

/* libcurl copies the bytes. */
static inline CURLcode ccurl_set_body(CURL *easy, const void *bytes, curl_off_t count) {
  CURLcode code = curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, count);
  return code == CURLE_OK ? curl_easy_setopt(easy, CURLOPT_COPYPOSTFIELDS, bytes) : code;
}

/* The list has to outlive the transfer. */
static inline CURLcode ccurl_set_headers(CURL *easy, struct curl_slist *headers) {
  return curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
}

static inline CURLcode ccurl_set_receivers(CURL *easy, curl_write_callback body, curl_write_callback header) {
  CURLcode code = curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, body);
  return code == CURLE_OK ? curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, header) : code;
}

/* What the receivers are called with. */
static inline CURLcode ccurl_set_context(CURL *easy, void *context) {
  CURLcode code = curl_easy_setopt(easy, CURLOPT_WRITEDATA, context);
  if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_HEADERDATA, context);
  if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_PRIVATE, context);
  return code;
}

/* Takes from a handle what was set for one request: address, headers, body and context. */
static inline bool ccurl_forget(CURL *easy) {
  return ccurl_set_headers(easy, NULL) == CURLE_OK && ccurl_set_text(easy, CURLOPT_URL, NULL) == CURLE_OK &&
         curl_easy_setopt(easy, CURLOPT_COPYPOSTFIELDS, NULL) == CURLE_OK &&
         ccurl_set_text(easy, CURLOPT_PROXY, NULL) == CURLE_OK &&
         curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L) == CURLE_OK && ccurl_set_context(easy, NULL) == CURLE_OK;
}

/* How many connections are kept; by default fewer and fewer while transfers end. */
static inline CURLMcode ccurl_keep_connections(CURLM *multi, long count) {
  return curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, count);
}

/* What libcurl waits for, a socket and a time; it says so within calls of its own functions, on the caller's thread. */
static inline CURLMcode ccurl_set_watchers(
    CURLM *multi, curl_socket_callback socket, curl_multi_timer_callback time, void *context) {
  CURLMcode code = curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, socket);
  if (code == CURLM_OK) code = curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, context);
  if (code == CURLM_OK) code = curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, time);
  if (code == CURLM_OK) code = curl_multi_setopt(multi, CURLMOPT_TIMERDATA, context);
  return code;
}

static inline long ccurl_status(CURL *easy) {
  long status = 0;
  return curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status) == CURLE_OK ? status : 0;
}

/* Seconds that the service asks to wait; 0 where it does not ask. */
static inline curl_off_t ccurl_retry_after(CURL *easy) {
  curl_off_t seconds = 0;
  return curl_easy_getinfo(easy, CURLINFO_RETRY_AFTER, &seconds) == CURLE_OK ? seconds : 0;
}

/* NULL where there is none; valid as long as the handle. */
static inline const char *ccurl_text(CURL *easy, CURLINFO info) {
  char *text = NULL;
  return curl_easy_getinfo(easy, info, &text) == CURLE_OK ? text : NULL;
}

/* How many connections the handle's last transfer made; 0 where it used one that was there, and only that. */
static inline long ccurl_connections_made(CURL *easy) {
  long count = 1;
  return curl_easy_getinfo(easy, CURLINFO_NUM_CONNECTS, &count) == CURLE_OK ? count : 1;
}

/* The context of the next transfer that ended; false where there is none. */
static inline bool ccurl_next_ended(CURLM *multi, void **context, CURLcode *result) {
  int left = 0;
  for (CURLMsg *message; (message = curl_multi_info_read(multi, &left)) != NULL;) {
    if (message->msg != CURLMSG_DONE) continue;
    *result = message->data.result;
    return curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, context) == CURLE_OK;
  }
  return false;
}

#endif
