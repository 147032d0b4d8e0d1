// Compares memory as the C standard describes it, eight bytes at a time. The processors are little-endian.

#include <stddef.h>
#include <stdint.h>

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "the order of words is that of their bytes only on little-endian processors"
#endif

typedef unsigned char byte;

static uint64_t word(const byte *at) {
  uint64_t value;
  __builtin_memcpy(&value, at, sizeof value);
  return value;
}

static uint32_t half_word(const byte *at) {
  uint32_t value;
  __builtin_memcpy(&value, at, sizeof value);
  return value;
}

// Returns the order of two words by their first different byte.
static int order(uint64_t left, uint64_t right) {
  left = __builtin_bswap64(left);
  right = __builtin_bswap64(right);
  return (left > right) - (left < right);
}

// Returns the first and the last four bytes of a text of four to eight bytes. They overlap if it is shorter than eight.
static uint64_t both_ends(const byte *text, size_t len) {
  return half_word(text) | (uint64_t)half_word(text + len - 4) << 32;
}

int memcmp(const void *left_text, const void *right_text, size_t len) {
  const byte *left = left_text, *right = right_text;
  if (len >= 8) {
    for (size_t at = 0; at < len - 8; at += 8) {
      uint64_t a = word(left + at), b = word(right + at);
      if (a != b)
        return order(a, b);
    }
    return order(word(left + len - 8), word(right + len - 8));
  }
  if (len >= 4)
    return order(both_ends(left, len), both_ends(right, len));
  for (size_t at = 0; at < len; at++)
    if (left[at] != right[at])
      return left[at] - right[at];
  return 0;
}

int bcmp(const void *left_text, const void *right_text, size_t len) {
  const byte *left = left_text, *right = right_text;
  if (len >= 16) {
    for (size_t at = 0; at < len - 16; at += 16)
      if ((word(left + at) ^ word(right + at)) | (word(left + at + 8) ^ word(right + at + 8)))
        return 1;
    left += len - 16;
    right += len - 16;
    return ((word(left) ^ word(right)) | (word(left + 8) ^ word(right + 8))) != 0;
  }
  return memcmp(left, right, len);
}
