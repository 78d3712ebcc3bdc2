#include "CPatternMatching.h"

#include <hs/hs.h>
#include <stdio.h>
#include <stdlib.h>

struct cpm_set {
    hs_database_t *database;
};

struct cpm_set_scratch {
    hs_scratch_t *scratch;
};

// PREFILTER accepts what Vectorscan cannot express (lookaround, back references) by matching more, never less;
// one report a pattern is enough to know that it is worth running. Not UCP: Vectorscan's Unicode tables are of 2014 and
// would miss matches, and they make fifty patterns compile in 8 s instead of 0.3. Nor UTF8 where a pattern can do
// without: automata over bytes compile faster.
static unsigned flags_of(uint32_t options) {
    unsigned flags = HS_FLAG_PREFILTER | HS_FLAG_ALLOWEMPTY | HS_FLAG_SINGLEMATCH;
    if (options & CPM_IGNORE_CASE) flags |= HS_FLAG_CASELESS;
    if (!(options & CPM_BYTES)) flags |= HS_FLAG_UTF8;
    return flags;
}

int cpm_set_accepts(const char *source, uint32_t options) {
    hs_expr_info_t *info = NULL;
    hs_compile_error_t *error = NULL;
    hs_error_t status = hs_expression_info(source, flags_of(options), &info, &error);
    // A pattern that matches the empty text matches every text: filtering it gains nothing.
    int accepts = status == HS_SUCCESS && info && info->min_width > 0;
    free(info);
    hs_free_compile_error(error);
    return accepts;
}

cpm_set *cpm_set_compile(
    const char *const *sources, const uint32_t *options, uint32_t count, int *failed, char *message,
    size_t message_size) {
    *failed = -1;
    unsigned *flags = calloc(count, sizeof *flags);
    unsigned *ids = calloc(count, sizeof *ids);
    cpm_set *set = calloc(1, sizeof *set);
    if (!flags || !ids || !set) {
        snprintf(message, message_size, "no memory");
        goto failure;
    }
    for (uint32_t i = 0; i < count; i++) {
        flags[i] = flags_of(options[i]);
        ids[i] = i;
    }
    hs_compile_error_t *error = NULL;
    if (hs_compile_multi(sources, flags, ids, count, HS_MODE_BLOCK, NULL, &set->database, &error) != HS_SUCCESS) {
        *failed = error ? error->expression : -1;
        snprintf(message, message_size, "%s", error ? error->message : "unknown");
        hs_free_compile_error(error);
        goto failure;
    }
    free(flags);
    free(ids);
    return set;

failure:
    free(flags);
    free(ids);
    free(set);
    return NULL;
}

void cpm_set_free(cpm_set *set) {
    if (!set) return;
    hs_free_database(set->database);
    free(set);
}

cpm_set_scratch *cpm_set_scratch_create(const cpm_set *set) {
    cpm_set_scratch *scratch = calloc(1, sizeof *scratch);
    if (!scratch) return NULL;
    if (hs_alloc_scratch(set->database, &scratch->scratch) != HS_SUCCESS) {
        free(scratch);
        return NULL;
    }
    return scratch;
}

void cpm_set_scratch_free(cpm_set_scratch *scratch) {
    if (!scratch) return;
    hs_free_scratch(scratch->scratch);
    free(scratch);
}

static int mark(unsigned id, unsigned long long from, unsigned long long to, unsigned flags, void *context) {
    (void)from, (void)to, (void)flags;
    uint64_t *candidates = context;
    candidates[id / 64] |= (uint64_t)1 << (id % 64);
    return 0;
}

int cpm_set_scan(
    const cpm_set *set, cpm_set_scratch *scratch, const uint8_t *text, size_t length, uint64_t *candidates) {
    if (length > UINT32_MAX) return CPM_FAILED;
    hs_error_t status = hs_scan(
        set->database, (const char *)(text ? text : (const uint8_t *)""), (unsigned)length, 0, scratch->scratch, mark,
        candidates);
    return status == HS_SUCCESS ? 0 : CPM_FAILED;
}
