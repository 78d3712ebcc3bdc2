// Our face of ICU: what the ICU target calls, and nothing of ICU's own headers, which clash with the ICU that
// Foundation brings.
//
// Every function returns a status, 0 or the number of ICU's error, and writes its result through an out-pointer.
// Arrays that come back belong to the caller, who gives them to cicu_free. Offsets are UTF-8 bytes. All functions
// may be called from several threads at once.

#ifndef CICU_H
#define CICU_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum { CICU_NFC = 0, CICU_NFD = 1, CICU_NFKC = 2, CICU_NFKD = 3 } cicu_form;

// A place where the normalized text differs from the original.
typedef struct {
    int32_t original_start;
    int32_t original_end;
    int32_t normalized_start;
    int32_t normalized_end;
} cicu_edit;

// ICU's name for a status, such as U_ILLEGAL_ARGUMENT_ERROR; not to be freed.
const char *cicu_status_name(int32_t status);

void cicu_free(void *array);

// Whether the text is in the form already: 1 or 0.
int32_t cicu_is_normalized(cicu_form form, const char *text, int32_t count, int32_t *result);

// The text in the form, and its edits in the order of the text.
int32_t cicu_normalize(
    cicu_form form, const char *text, int32_t count, char **normalized, int32_t *normalized_count, cicu_edit **edits,
    int32_t *edit_count);

// The form of one code point, without allocation; 72 bytes hold any.
int32_t cicu_normalize_code_point(
    cicu_form form, uint32_t code_point, char *buffer, int32_t capacity, int32_t *count);

// The code points of a UnicodeSet pattern such as [:Lu:], as pairs of first and last.
int32_t cicu_set_ranges(const char *pattern, int32_t count, int32_t **bounds, int32_t *bound_count);

// The simple lower case of a code point.
uint32_t cicu_lowercase(uint32_t code_point);

// The canonical combining class of a code point, 0 to 254.
uint8_t cicu_combining_class(uint32_t code_point);

#ifdef __cplusplus
}
#endif

#endif
