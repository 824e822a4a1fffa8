/* Stands in for libcurl in the static binary: every transfer fails before it begins.
   A real libcurl needs a dozen libraries, of which Debian ships some (Kerberos) as shared objects only.
   Without its header, whose types differ from version to version; pointers and enumerations are all alike here. */
enum { failedInit = 2, badHandle = 1 };

int curl_global_init(long flags) { return failedInit; }
void *curl_easy_init(void) { return 0; }
void curl_easy_cleanup(void *easy) {}
int curl_easy_setopt(void *easy, int option, ...) { return failedInit; }
int curl_easy_getinfo(void *easy, int info, ...) { return failedInit; }
int curl_easy_pause(void *easy, int mask) { return failedInit; }
const char *curl_easy_strerror(int code) { return "this binary was built without a network"; }
void curl_free(void *text) {}
void *curl_multi_init(void) { return 0; }
int curl_multi_cleanup(void *multi) { return badHandle; }
int curl_multi_setopt(void *multi, int option, ...) { return badHandle; }
int curl_multi_add_handle(void *multi, void *easy) { return badHandle; }
int curl_multi_remove_handle(void *multi, void *easy) { return badHandle; }
int curl_multi_socket_action(void *multi, int socket, int actions, int *running) { return badHandle; }
void *curl_multi_info_read(void *multi, int *left) { return 0; }
void *curl_slist_append(void *list, const char *text) { return 0; }
void curl_slist_free_all(void *list) {}
void *curl_url(void) { return 0; }
void curl_url_cleanup(void *url) {}
int curl_url_get(void *url, int part, char **text, unsigned flags) { return badHandle; }
int curl_url_set(void *url, int part, const char *text, unsigned flags) { return badHandle; }

/* A static program registers its frames, and the first unwinding, which is that of the main thread when it ends, sorts
   tens of thousands of them; the table that the linker has sorted is found without that. */
void __wrap___register_frame_info(const void *frames, void *object) {}
void *__wrap___deregister_frame_info(const void *frames) { return 0; }
