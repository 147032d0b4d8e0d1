/* Injects a disk fault or a crash at a chosen step. Tests preload this library into the program; it counts
 * the operations on the ledger's file and injects the fault into the Nth one.
 *
 * FAULT=STEP:N:WHAT, where STEP is open, write, fdatasync, fsync, ftruncate, flock, rename, or watch (of
 * any folder), N counts from 1 (0 is every time), and WHAT is `before`, `half` or `after` (killed there) or
 * the number of an error.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <stdint.h>
#include <unistd.h>

static int is_ledger(const char *path) {
    const char *name = strstr(path, "syndicate.ledger.jsonl");
    return name != NULL && strchr(name, '/') == NULL;
}

static int is_ledger_fd(int fd) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return is_ledger(path);
}

/* Returns the fault to inject at this step, or NULL for none. */
static const char *harm(const char *step) {
    static int counts[8];
    static const char *steps[8];
    const char *fault = getenv("FAULT");
    if (fault == NULL) return NULL;
    size_t length = strlen(step);
    if (strncmp(fault, step, length) != 0 || fault[length] != ':') return NULL;
    int slot = 0;
    while (slot < 7 && steps[slot] != NULL && strcmp(steps[slot], step) != 0) slot++;
    steps[slot] = step;
    int count = ++counts[slot];
    char *rest;
    long wanted = strtol(fault + length + 1, &rest, 10);
    if (wanted != 0 && wanted != count) return NULL;
    return rest + 1;
}

static void die(void) { kill(getpid(), SIGKILL); for (;;) pause(); }

#define REAL(type, name, ...) \
    static type (*real)(__VA_ARGS__); \
    if (real == NULL) real = (type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name);

#define HARM(step, ours, call, half) \
    const char *what = (ours) ? harm(step) : NULL; \
    if (what == NULL) return call; \
    if (strcmp(what, "before") == 0) die(); \
    if (strcmp(what, "half") == 0) { half; die(); } \
    if (strcmp(what, "after") == 0) { call; die(); } \
    errno = atoi(what); \
    return -1;

ssize_t write(int fd, const void *bytes, size_t count) {
    REAL(ssize_t, "write", int, const void *, size_t)
    HARM("write", is_ledger_fd(fd), real(fd, bytes, count), if (real(fd, bytes, count / 2) < 0) die())
}
int fdatasync(int fd) {
    REAL(int, "fdatasync", int)
    HARM("fdatasync", is_ledger_fd(fd), real(fd), die())
}
int fsync(int fd) {
    REAL(int, "fsync", int)
    HARM("fsync", is_ledger_fd(fd), real(fd), die())
}
int ftruncate64(int fd, off64_t length) {
    REAL(int, "ftruncate64", int, off64_t)
    HARM("ftruncate", is_ledger_fd(fd), real(fd, length), die())
}
int flock(int fd, int operation) {
    REAL(int, "flock", int, int)
    HARM("flock", is_ledger_fd(fd), real(fd, operation), die())
}
int rename(const char *from, const char *to) {
    REAL(int, "rename", const char *, const char *)
    HARM("rename", is_ledger(to), real(from, to), die())
}
int inotify_add_watch(int fd, const char *path, uint32_t mask) {
    REAL(int, "inotify_add_watch", int, const char *, uint32_t)
    HARM("watch", 1, real(fd, path, mask), die())
}
/* Only opening for writing: a ledger that cannot be written can still be read. */
int open64(const char *path, int flags, ...) {
    REAL(int, "open64", const char *, int, ...)
    va_list rest;
    va_start(rest, flags);
    int mode = va_arg(rest, int);
    va_end(rest);
    HARM("open", is_ledger(path) && (flags & O_ACCMODE) != O_RDONLY, real(path, flags, mode), die())
}
