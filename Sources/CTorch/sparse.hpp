#pragma once

#include <ATen/ATen.h>

namespace ct {

/// The sums of the rows of `gradient` that belong to the same row of the table: the distinct rows, rising, and a value
/// each, added up in the order of the gradient's rows.
at::Tensor sparse_sum(const at::Tensor &gradient, const at::Tensor &rows, int64_t table_rows);

}  // namespace ct
