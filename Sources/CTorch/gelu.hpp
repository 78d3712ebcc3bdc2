#pragma once

#include "vector.hpp"

namespace ct {

/// x ← Φ(x) and slope ← Φ(x) + x φ(x), the derivative of x Φ(x). Abramowitz and Stegun, 7.1.26 (1.5e-7 at most);
/// the Gaussian in it is the one that the derivative needs.
CT_INLINE void normal_distribution(float16 &x, float16 &slope) {
    const float16 zero{}, one = zero + 1.0f;
    const int16v negative = x < 0.0f;
    const float16 size = (float16)((int16v)x & 0x7FFFFFFF) * 0.70710678118654752f;
    const float16 t = one / (one + size * 0.3275911f);
    float16 gaussian = -(size * size);
    exponential(gaussian);
    float16 p = zero + 1.061405429f;
    p = p * t - 1.453152027f;
    p = p * t + 1.421413741f;
    p = p * t - 0.284496736f;
    p = p * t + 0.254829592f;
    const float16 tail = p * t * gaussian * 0.5f;
    const float16 rest = one - tail;
    const float16 phi = (float16)(((int16v)tail & negative) | ((int16v)rest & ~negative));
    slope = phi + x * gaussian * 0.39894228040143268f;
    x = phi;
}

}  // namespace ct
