#include "CICU.h"

#include <unicode/bytestream.h>
#include <unicode/edits.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/uniset.h>

#include <cstdlib>
#include <cstring>
#include <exception>
#include <memory>
#include <string>
#include <vector>

namespace {

// Runs `body` with an error code and turns whatever happens into a status.
template <typename Body> int32_t guarded(Body body) {
    UErrorCode status = U_ZERO_ERROR;
    try {
        body(status);
    } catch (const std::bad_alloc &) {
        return U_MEMORY_ALLOCATION_ERROR;
    } catch (const std::exception &) {
        return U_INTERNAL_PROGRAM_ERROR;
    } catch (...) {
        return U_INTERNAL_PROGRAM_ERROR;
    }
    return U_FAILURE(status) ? status : 0;
}

// A copy of the items that the caller frees; never null, so that an empty array is one too.
template <typename Item> Item *copied(const Item *items, size_t count) {
    auto *copy = static_cast<Item *>(std::malloc(count * sizeof(Item) + 1));
    if (copy == nullptr) { throw std::bad_alloc(); }
    if (count > 0) { std::memcpy(copy, items, count * sizeof(Item)); }
    return copy;
}

const icu::Normalizer2 *normalizer(cicu_form form, UErrorCode &status) {
    switch (form) {
    case CICU_NFC: return icu::Normalizer2::getNFCInstance(status);
    case CICU_NFD: return icu::Normalizer2::getNFDInstance(status);
    case CICU_NFKC: return icu::Normalizer2::getNFKCInstance(status);
    case CICU_NFKD: return icu::Normalizer2::getNFKDInstance(status);
    }
    status = U_ILLEGAL_ARGUMENT_ERROR;
    return nullptr;
}

}  // namespace

const char *cicu_status_name(int32_t status) { return u_errorName(static_cast<UErrorCode>(status)); }

void cicu_free(void *array) { std::free(array); }

int32_t cicu_is_normalized(cicu_form form, const char *text, int32_t count, int32_t *result) {
    return guarded([&](UErrorCode &status) {
        const auto *chosen = normalizer(form, status);
        if (U_FAILURE(status)) { return; }
        *result = chosen->isNormalizedUTF8(icu::StringPiece(text, count), status) ? 1 : 0;
    });
}

int32_t cicu_normalize(
    cicu_form form, const char *text, int32_t count, char **normalized, int32_t *normalized_count, cicu_edit **edits,
    int32_t *edit_count) {
    return guarded([&](UErrorCode &status) {
        const auto *chosen = normalizer(form, status);
        if (U_FAILURE(status)) { return; }
        std::string output;
        output.reserve(static_cast<size_t>(count) + 16);
        icu::StringByteSink<std::string> sink(&output);
        icu::Edits changes;
        chosen->normalizeUTF8(0, icu::StringPiece(text, count), sink, &changes, status);
        if (U_FAILURE(status)) { return; }
        std::vector<cicu_edit> list;
        for (auto change = changes.getFineChangesIterator(); change.next(status);) {
            list.push_back(
                {change.sourceIndex(), change.sourceIndex() + change.oldLength(), change.destinationIndex(),
                 change.destinationIndex() + change.newLength()});
        }
        if (U_FAILURE(status)) { return; }
        std::unique_ptr<char, decltype(&std::free)> bytes(copied(output.data(), output.size()), std::free);
        *edits = copied(list.data(), list.size());
        *edit_count = static_cast<int32_t>(list.size());
        *normalized = bytes.release();
        *normalized_count = static_cast<int32_t>(output.size());
    });
}

int32_t cicu_normalize_code_point(
    cicu_form form, uint32_t code_point, char *buffer, int32_t capacity, int32_t *count) {
    return guarded([&](UErrorCode &status) {
        const auto *chosen = normalizer(form, status);
        if (U_FAILURE(status)) { return; }
        const icu::UnicodeString one(static_cast<UChar32>(code_point));
        icu::UnicodeString normalized;
        chosen->normalize(one, normalized, status);
        if (U_FAILURE(status)) { return; }
        icu::CheckedArrayByteSink sink(buffer, capacity);
        normalized.toUTF8(sink);
        if (sink.Overflowed()) { status = U_BUFFER_OVERFLOW_ERROR; }
        *count = sink.NumberOfBytesWritten();
    });
}

int32_t cicu_set_ranges(const char *pattern, int32_t count, int32_t **bounds, int32_t *bound_count) {
    return guarded([&](UErrorCode &status) {
        const icu::UnicodeSet set(icu::UnicodeString::fromUTF8(icu::StringPiece(pattern, count)), status);
        if (U_FAILURE(status)) { return; }
        std::vector<int32_t> pairs;
        for (int32_t range = 0; range < set.getRangeCount(); ++range) {
            pairs.push_back(set.getRangeStart(range));
            pairs.push_back(set.getRangeEnd(range));
        }
        *bounds = copied(pairs.data(), pairs.size());
        *bound_count = static_cast<int32_t>(pairs.size());
    });
}

uint32_t cicu_lowercase(uint32_t code_point) { return static_cast<uint32_t>(u_tolower(static_cast<UChar32>(code_point))); }

uint8_t cicu_combining_class(uint32_t code_point) { return u_getCombiningClass(static_cast<UChar32>(code_point)); }
