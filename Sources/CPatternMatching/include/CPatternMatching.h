// Regular expressions over UTF-8: PCRE2 finds matches, Vectorscan tells which expressions can match at all.
//
// Every function that can fail returns 0 or a negative code. Texts are valid UTF-8, given as bytes and their number,
// and need no terminating zero. Compiled expressions and sets may be used by many threads at once, a scratch by one.
// The memory of every handle that is returned belongs to the caller, who hands it to the matching `_free`.

#ifndef CPATTERNMATCHING_H
#define CPATTERNMATCHING_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct cpm_pattern cpm_pattern;
typedef struct cpm_scratch cpm_scratch;
typedef struct cpm_set cpm_set;
typedef struct cpm_set_scratch cpm_set_scratch;

enum {
    CPM_IGNORE_CASE = 1,  // letters match both cases, by Unicode's simple case folding
    CPM_BYTES = 2,        // for sets only: the pattern speaks of ASCII alone and can be compiled over bytes
};

enum {
    CPM_NO_MATCH = -1,
    CPM_LIMIT_REACHED = -2,  // a match, depth, heap or machine stack limit stopped the search
    CPM_FAILED = -3,         // anything else; the message says what
};

// Compiles `source`. NULL on failure; then `*error_offset` is a byte offset into `source` and `message` says why.
cpm_pattern *cpm_pattern_compile(
    const char *source, size_t length, uint32_t options, size_t *error_offset, char *message, size_t message_size);
void cpm_pattern_free(cpm_pattern *pattern);
// The number of groups, without the whole match.
uint32_t cpm_pattern_group_count(const cpm_pattern *pattern);
// The number of names, and the name at `index` (alphabetical) with its group; the name lives as long as the pattern.
uint32_t cpm_pattern_name_count(const cpm_pattern *pattern);
const char *cpm_pattern_name(const cpm_pattern *pattern, uint32_t index, uint32_t *group);

// Working memory for searching with any pattern; NULL when memory is short.
cpm_scratch *cpm_scratch_create(void);
void cpm_scratch_free(cpm_scratch *scratch);
// Limits of each search with this scratch from now on.
void cpm_scratch_set_limits(cpm_scratch *scratch, uint32_t match, uint32_t depth, uint32_t heap_kib);

// Searches `text` from byte `start` on; with `continues_empty` the match must not be empty and must begin at `start`.
// Returns the number of pairs now readable at `*offsets` (group 0 first, unset groups SIZE_MAX), or a negative code.
// `*offsets` is valid until the next search with the same scratch.
int cpm_pattern_search(
    const cpm_pattern *pattern, cpm_scratch *scratch, const uint8_t *text, size_t length, size_t start,
    int continues_empty, const size_t **offsets, char *message, size_t message_size);

// Whether a set could hold the pattern at all.
int cpm_set_accepts(const char *source, uint32_t options);
// Compiles zero-terminated `sources` into one automaton that finds, for each ASCII text, a superset of the patterns
// that match it. NULL on failure; then `*failed` is the index of the pattern at fault, or -1.
cpm_set *cpm_set_compile(
    const char *const *sources, const uint32_t *options, uint32_t count, int *failed, char *message,
    size_t message_size);
void cpm_set_free(cpm_set *set);
// Working memory for one thread; NULL when memory is short.
cpm_set_scratch *cpm_set_scratch_create(const cpm_set *set);
void cpm_set_scratch_free(cpm_set_scratch *scratch);
// Sets bit `i` of `candidates` (64 to a word) when pattern `i` may match the ASCII `text`; other bits stay as they are.
int cpm_set_scan(
    const cpm_set *set, cpm_set_scratch *scratch, const uint8_t *text, size_t length, uint64_t *candidates);

#ifdef __cplusplus
}
#endif

#endif
