#pragma once

#include "vector.hpp"

#include <ATen/ATen.h>

#include <cstdint>
#include <cstring>

namespace ct {

/// What products take in and give out: float32, or bfloat16 with sums in float32.
at::ScalarType product_type();

/// The rows of a matrix of float32 or bfloat16. Kernels compute in float32 and convert a row while it is in the cache.
struct Rows {
    void *data;
    int64_t stride;
    bool narrow;

    /// For reading and, where the tensor is the caller's own, for writing.
    explicit Rows(const at::Tensor &matrix)
        : data(matrix.defined() ? const_cast<void *>(matrix.const_data_ptr()) : nullptr),
          stride(matrix.defined() ? matrix.stride(0) : 0),
          narrow(matrix.defined() && matrix.scalar_type() == at::kBFloat16) {}
};

CT_INLINE void widen(const uint16_t *from, int64_t count, float *to) {
    for (int64_t i = 0; i < count; ++i) {
        const uint32_t bits = (uint32_t)from[i] << 16;
        std::memcpy(to + i, &bits, sizeof bits);
    }
}

/// Rounds to the nearest bfloat16, ties to even; a NaN stays one.
CT_INLINE void narrow(const float *from, int64_t count, uint16_t *to) {
    for (int64_t i = 0; i < count; ++i) {
        uint32_t bits;
        std::memcpy(&bits, from + i, sizeof bits);
        const uint32_t rounded = (bits + 0x7FFF + ((bits >> 16) & 1)) >> 16;
        to[i] = (uint16_t)((bits & 0x7FFFFFFF) > 0x7F800000 ? 0x7FC0 : rounded);
    }
}

/// `count` values of a row from `column` on: where they lie, or widened into `scratch`.
CT_INLINE const float *read(const Rows &rows, int64_t row, int64_t column, int64_t count, float *scratch) {
    if (!rows.narrow) return (const float *)rows.data + row * rows.stride + column;
    widen((const uint16_t *)rows.data + row * rows.stride + column, count, scratch);
    return scratch;
}

/// Where `count` values of a row may be computed: in place, or in `scratch` until `finish`.
CT_INLINE float *place(const Rows &rows, int64_t row, int64_t column, float *scratch) {
    return rows.narrow ? scratch : (float *)rows.data + row * rows.stride + column;
}

/// Puts what was computed at `place` into the row.
CT_INLINE void finish(const Rows &rows, int64_t row, int64_t column, int64_t count, const float *scratch) {
    if (rows.narrow) narrow(scratch, count, (uint16_t *)rows.data + row * rows.stride + column);
}

}  // namespace ct
