#pragma once

#include "CTorch.h"
#include "vector.hpp"

#include <vector>

namespace ct {

/// The tape keeps integers between a forward pass and its backward pass.
inline std::vector<int64_t> saved(const ct_random &random) {
    return {static_cast<int64_t>(random.seed), random.step, random.site};
}

inline ct_random restored(const std::vector<int64_t> &values) {
    return {static_cast<uint64_t>(values[0]), static_cast<uint32_t>(values[1]), static_cast<uint32_t>(values[2])};
}

/// Philox 4x32-10: random bits as a function of a counter and a key, so that a backward pass can make the same mask
/// again and no generator has a state to save. Source: J. Salmon and others, "Parallel random numbers: as easy as
/// 1, 2, 3", SC '11.
struct Philox {
    static constexpr uint32_t multiplier0 = 0xD2511F53, multiplier1 = 0xCD9E8D57;
    static constexpr uint32_t weyl0 = 0x9E3779B9, weyl1 = 0xBB67AE85;
    static constexpr int rounds = 10;
};

CT_INLINE void multiply(const uint16v &x, uint32_t multiplier, uint16v &high, uint16v &low) {
    const ulong16v product = __builtin_convertvector(x, ulong16v) * (uint64_t)multiplier;
    high = __builtin_convertvector(product >> 32, uint16v);
    low = __builtin_convertvector(product, uint16v);
}

/// Sixteen blocks at once: counters first ... first + 15 in the lowest word; 64 words come out, four vectors of 16.
CT_INLINE void philox_words(uint32_t first, uint32_t row, const ct_random &random, uint16v words[4]) {
    const uint16v lanes = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    uint16v c0 = lanes + first, c1 = uint16v{} + row, c2 = uint16v{} + random.site, c3 = uint16v{} + random.step;
    uint32_t k0 = (uint32_t)random.seed, k1 = (uint32_t)(random.seed >> 32);
    for (int round = 0; round < Philox::rounds; ++round) {
        uint16v high0, low0, high1, low1;
        multiply(c0, Philox::multiplier0, high0, low0);
        multiply(c2, Philox::multiplier1, high1, low1);
        c0 = high1 ^ c1 ^ k0;
        c1 = low1;
        c2 = high0 ^ c3 ^ k1;
        c3 = low0;
        k0 += Philox::weyl0;
        k1 += Philox::weyl1;
    }
    words[0] = c0;
    words[1] = c1;
    words[2] = c2;
    words[3] = c3;
}

/// Fills a row of padded(count) floats with 0 (with the given probability) and 1 / (1 - probability).
CT_INLINE void multipliers(float *out, int64_t count, uint32_t row, double probability, const ct_random &random) {
    const double scaled = probability * 4294967296.0;
    const uint32_t threshold = scaled >= 4294967295.0 ? 4294967295u : (uint32_t)scaled;
    const float16 keep = float16{} + (float)(1.0 / (1.0 - probability));
    for (int64_t block = 0; block * 64 < count; ++block) {
        uint16v words[4];
        philox_words((uint32_t)(block * 16), row, random, words);
        for (int word = 0; word < 4; ++word) {
            const float16 value = (float16)((int16v)keep & (int16v)(words[word] >= threshold));
            std::memcpy(out + block * 64 + word * 16, &value, sizeof value);
        }
    }
}

}  // namespace ct
