#pragma once

#include <ATen/ATen.h>

#include <cstdint>

namespace ct {

/// A weight [M, K] laid out once for many products off the tape, in panels of a few outputs each.
///
/// A product costs one pass over all threads, which also adds the bias, applies GELU and rounds. Through ATen, oneDNN
/// describes, looks up and checks each product anew, which takes longer than the product of a single sentence does.
class Panels {
public:
    /// Whether this processor has kernels for products of this type and number of inputs.
    static bool serve(at::ScalarType type, int64_t inputs);

    /// Lays out a float32 weight [M, K], rounded to `type`, with a float32 bias [M] or an undefined one.
    Panels(const at::Tensor &weight, const at::Tensor &bias, at::ScalarType type);

    /// input [N, K] of the weight's type times the weight transposed, plus bias, or the GELU of that; sums are float32
    /// and rounded once, to `output_type`.
    at::Tensor product(const at::Tensor &input, bool applies_gelu, at::ScalarType output_type) const;

private:
    int64_t outputs, inputs;
    at::Tensor values, biases;
};

}  // namespace ct
