#pragma once

#include "CTorch.h"

#include <ATen/ATen.h>

#include <cstdint>
#include <vector>

/// What our own kernels compute, put together from ATen's operations, which run on any device and whose derivatives are
/// ATen's. The arguments are those of the functions of CTorch.h, already checked.
///
/// Dropout masks are those of the kernels, bit by bit: their Philox words are computed on the device itself, by ATen's
/// operations on integers. Sums are added up in another order, so results differ in the last bits.
namespace ct::composed {

/// Linear maps of one input, their outputs side by side; `biases` may be empty.
at::Tensor linear(
    const at::Tensor &input, at::TensorList weights, at::TensorList biases, bool applies_gelu, bool keeps_type);

at::Tensor gather_rows(const at::Tensor &table, const at::Tensor &rows, bool has_sparse_gradient);

at::Tensor mean_rows(
    const at::Tensor &input, const std::vector<int64_t> &starts, const std::vector<int64_t> &counts);

/// The first `count` multipliers of the rows of a dropout mask that have the numbers `rows`, an int64 vector.
at::Tensor multipliers(const at::Tensor &rows, int64_t count, double probability, const ct_random &random);

at::Tensor dropout(const at::Tensor &input, double probability, const ct_random &random);

at::Tensor dropout_add_norm(
    const at::Tensor &input, const std::optional<at::Tensor> &residual, const at::Tensor &weight,
    const at::Tensor &bias, double epsilon, double probability, const ct_random &random);

/// `starts` holds the first row of each sequence and the row behind the last.
at::Tensor attention(
    const at::Tensor &projections, const std::vector<int64_t> &starts, int64_t heads, double probability,
    const ct_random &random);

/// The Euclidean norm of all tensors together.
double norm(const std::vector<at::Tensor> &tensors);

}  // namespace ct::composed
