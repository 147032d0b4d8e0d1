// Compares both functions with the definition, on texts between pages that must not be read.

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int tested_memcmp(const void *, const void *, size_t);
int tested_bcmp(const void *, const void *, size_t);

enum { MAX_LEN = 70 };

static int sign(int value) { return (value > 0) - (value < 0); }

static int definition(const unsigned char *left, const unsigned char *right, size_t len) {
  for (size_t at = 0; at < len; at++)
    if (left[at] != right[at])
      return left[at] < right[at] ? -1 : 1;
  return 0;
}

// Returns a page between two that cannot be read.
static unsigned char *page_between(size_t size) {
  unsigned char *pages = mmap(NULL, 3 * size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (pages == MAP_FAILED || mprotect(pages + size, size, PROT_READ | PROT_WRITE))
    exit(2);
  return pages + size;
}

static void check(const unsigned char *left, const unsigned char *right, size_t len) {
  int expected = definition(left, right, len);
  if (sign(tested_memcmp(left, right, len)) == expected && !tested_bcmp(left, right, len) == !expected)
    return;
  printf("wrong for %zu bytes, expected %d\n", len, expected);
  exit(1);
}

int main(void) {
  size_t size = sysconf(_SC_PAGESIZE);
  unsigned char *left_page = page_between(size), *right_page = page_between(size);
  srand(7);
  for (size_t len = 0; len <= MAX_LEN; len++)
    for (int at_end = 0; at_end < 2; at_end++) {
      unsigned char *left = left_page + (at_end ? size - len : 0), *right = right_page + (at_end ? size - len : 0);
      for (size_t at = 0; at < len; at++)
        left[at] = right[at] = rand();
      check(left, right, len);
      for (size_t first = 0; first < len; first++)
        for (size_t second = first; second < len; second++) {
          unsigned char bytes[2] = {right[first], right[second]};
          right[first] = rand();
          right[second] = rand();
          check(left, right, len);
          check(right, left, len);
          right[first] = bytes[0];
          right[second] = bytes[1];
        }
    }
  puts("same");
  return 0;
}
