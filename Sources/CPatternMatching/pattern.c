#include "CPatternMatching.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>

struct cpm_pattern {
    pcre2_code *code;
    uint32_t name_count;
    uint32_t name_entry_size;
    PCRE2_SPTR names;
};

struct cpm_scratch {
    pcre2_match_context *context;
    pcre2_match_data *data;
    pcre2_jit_stack *stack;
};

// The JIT's stack starts small and grows; patterns that need more than this end as "limit reached".
static const size_t stack_start = 32 * 1024;
static const size_t stack_limit = 4 * 1024 * 1024;

// Enough for the groups of any pattern a person writes by hand; matches beyond them are cut, never overrun.
static const uint32_t pair_limit = 256;

cpm_pattern *cpm_pattern_compile(
    const char *source, size_t length, uint32_t options, size_t *error_offset, char *message, size_t message_size) {
    // \C could split a code point, and our offsets must not.
    uint32_t flags = PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C;
    if (options & CPM_IGNORE_CASE) flags |= PCRE2_CASELESS;
    int error = 0;
    PCRE2_SIZE offset = 0;
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)source, length, flags, &error, &offset, NULL);
    if (!code) {
        *error_offset = offset;
        pcre2_get_error_message(error, (PCRE2_UCHAR *)message, message_size);
        return NULL;
    }
    // Without the JIT (a system that forbids writable executable memory) the interpreter gives the same matches.
    pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
    cpm_pattern *pattern = calloc(1, sizeof *pattern);
    if (!pattern) {
        pcre2_code_free(code);
        *error_offset = 0;
        pcre2_get_error_message(PCRE2_ERROR_NOMEMORY, (PCRE2_UCHAR *)message, message_size);
        return NULL;
    }
    pattern->code = code;
    pcre2_pattern_info(code, PCRE2_INFO_NAMECOUNT, &pattern->name_count);
    pcre2_pattern_info(code, PCRE2_INFO_NAMEENTRYSIZE, &pattern->name_entry_size);
    pcre2_pattern_info(code, PCRE2_INFO_NAMETABLE, &pattern->names);
    return pattern;
}

void cpm_pattern_free(cpm_pattern *pattern) {
    if (!pattern) return;
    pcre2_code_free(pattern->code);
    free(pattern);
}

uint32_t cpm_pattern_group_count(const cpm_pattern *pattern) {
    uint32_t count = 0;
    pcre2_pattern_info(pattern->code, PCRE2_INFO_CAPTURECOUNT, &count);
    return count;
}

uint32_t cpm_pattern_name_count(const cpm_pattern *pattern) { return pattern->name_count; }

const char *cpm_pattern_name(const cpm_pattern *pattern, uint32_t index, uint32_t *group) {
    PCRE2_SPTR entry = pattern->names + (size_t)index * pattern->name_entry_size;
    *group = (uint32_t)entry[0] << 8 | entry[1];
    return (const char *)(entry + 2);
}

cpm_scratch *cpm_scratch_create(void) {
    cpm_scratch *scratch = calloc(1, sizeof *scratch);
    if (!scratch) return NULL;
    scratch->context = pcre2_match_context_create(NULL);
    scratch->data = pcre2_match_data_create(pair_limit, NULL);
    scratch->stack = pcre2_jit_stack_create(stack_start, stack_limit, NULL);
    if (!scratch->context || !scratch->data) {
        cpm_scratch_free(scratch);
        return NULL;
    }
    if (scratch->stack) pcre2_jit_stack_assign(scratch->context, NULL, scratch->stack);
    return scratch;
}

void cpm_scratch_free(cpm_scratch *scratch) {
    if (!scratch) return;
    pcre2_match_data_free(scratch->data);
    pcre2_match_context_free(scratch->context);
    pcre2_jit_stack_free(scratch->stack);
    free(scratch);
}

void cpm_scratch_set_limits(cpm_scratch *scratch, uint32_t match, uint32_t depth, uint32_t heap_kib) {
    pcre2_set_match_limit(scratch->context, match);
    pcre2_set_depth_limit(scratch->context, depth);
    pcre2_set_heap_limit(scratch->context, heap_kib);
}

int cpm_pattern_search(
    const cpm_pattern *pattern, cpm_scratch *scratch, const uint8_t *text, size_t length, size_t start,
    int continues_empty, const size_t **offsets, char *message, size_t message_size) {
    uint32_t flags = PCRE2_NO_UTF_CHECK;
    if (continues_empty) flags |= PCRE2_NOTEMPTY_ATSTART | PCRE2_ANCHORED;
    // PCRE2 wants an address even for an empty text.
    static const uint8_t nothing = 0;
    int count = pcre2_match(
        pattern->code, text ? text : &nothing, length, start, flags, scratch->data, scratch->context);
    switch (count) {
    case PCRE2_ERROR_NOMATCH:
        return CPM_NO_MATCH;
    case PCRE2_ERROR_MATCHLIMIT:
    case PCRE2_ERROR_DEPTHLIMIT:
    case PCRE2_ERROR_HEAPLIMIT:
    case PCRE2_ERROR_JIT_STACKLIMIT:
        pcre2_get_error_message(count, (PCRE2_UCHAR *)message, message_size);
        return CPM_LIMIT_REACHED;
    default:
        break;
    }
    if (count < 0) {
        pcre2_get_error_message(count, (PCRE2_UCHAR *)message, message_size);
        return CPM_FAILED;
    }
    *offsets = pcre2_get_ovector_pointer(scratch->data);
    return count == 0 ? (int)pair_limit : count;
}
