#pragma once

#include <ATen/ATen.h>

#include <cstdint>

namespace ct {

/// A weight [M, K] in bfloat16, laid out once for many products of few rows off the tape, in panels of some outputs.
///
/// A product costs one pass over all threads, which also adds the bias, applies GELU and rounds. Through ATen, oneDNN
/// describes, looks up and checks each product anew, which takes a third of the time of tagging a single sentence. With
/// many rows its own kernels are faster.
class Panels {
public:
    /// Whether this is the way to go for a product of `rows` rows on this processor.
    static bool serve(int64_t rows, int64_t outputs, int64_t inputs);

    /// Lays out a float32 weight [M, K] with a float32 bias [M] or an undefined one.
    Panels(const at::Tensor &weight, const at::Tensor &bias);

    /// input [N, K] in bfloat16 times the weight transposed, plus bias, or the GELU of that; sums are float32 and
    /// rounded once, to `output_type`.
    at::Tensor product(const at::Tensor &input, bool applies_gelu, at::ScalarType output_type) const;

private:
    int64_t outputs, inputs;
    at::Tensor values, biases;
};

}  // namespace ct
