#pragma once

#include <cstdint>
#include <cstring>

// One source, three instruction sets: the loader picks the best clone for the processor it runs on.
#if defined(__x86_64__)
#define CT_VECTORIZED __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define CT_VECTORIZED
#endif
#define CT_INLINE static inline __attribute__((always_inline))

// Sums of floats may be regrouped into vector lanes; the grouping is fixed at compile time, so results repeat.
#define CT_REGROUP_SUMS _Pragma("clang fp reassociate(on) contract(fast)")

namespace ct {

typedef float float16 __attribute__((vector_size(64)));
typedef int32_t int16v __attribute__((vector_size(64)));
typedef uint32_t uint16v __attribute__((vector_size(64)));
typedef uint64_t ulong16v __attribute__((vector_size(128)));

/// The number of floats in a row of `count` floats when it is filled up to whole vectors of 64.
constexpr int64_t padded(int64_t count) { return (count + 63) / 64 * 64; }

// Vectors go in and out by reference: how they are passed by value depends on the instruction set.

/// The largest of 16 numbers, by halves.
CT_INLINE float largest_lane(const float16 &x) {
    float values[16];
    std::memcpy(values, &x, sizeof values);
    for (int width = 8; width > 0; width /= 2)
        for (int lane = 0; lane < width; ++lane)
            values[lane] = values[lane] > values[lane + width] ? values[lane] : values[lane + width];
    return values[0];
}

/// The sum of 16 numbers, by halves.
CT_INLINE float sum_of_lanes(const float16 &x) {
    float values[16];
    std::memcpy(values, &x, sizeof values);
    for (int width = 8; width > 0; width /= 2)
        for (int lane = 0; lane < width; ++lane) values[lane] += values[lane + width];
    return values[0];
}

/// x ← exp(x) within 2 units in the last place; -infinity gives 0. Cody and Waite's reduction, Cephes' polynomial.
CT_INLINE void exponential(float16 &x) {
    const int16v tiny = x < -87.0f;
    float16 clamped = (float16)((int16v)x & ~tiny);
    const int16v big = clamped > 88.0f;
    clamped = (float16)(((int16v)clamped & ~big) | ((int16v)(float16{} + 88.0f) & big));
    const float16 scaled = clamped * 1.44269504088896341f;
    // Adding 1.5 · 2^23 rounds to the nearest integer and leaves it in the low bits.
    const float16 shifted = scaled + 12582912.0f;
    const int16v exponent = (int16v)shifted - (int16v)(float16{} + 12582912.0f);
    const float16 whole = shifted - 12582912.0f;
    float16 r = clamped - whole * 0.693359375f;
    r = r - whole * -2.12194440e-4f;
    float16 p = float16{} + 1.9875691500e-4f;
    p = p * r + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    p = p * (r * r) + r + 1.0f;
    const float16 power = (float16)((exponent + 127) << 23);
    x = (float16)((int16v)(p * power) & ~tiny);
}

}  // namespace ct
