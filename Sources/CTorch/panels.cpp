#include "panels.hpp"

#include "gelu.hpp"
#include "parallel.hpp"
#include "precision.hpp"

#include <ATen/native/CPUBlas.h>

#include <cstring>
#include <vector>

namespace {

/// Outputs a panel: the widest that oneDNN's kernels keep in registers.
constexpr int64_t panel_width = 64;
/// Rows that go through a panel together, and the most for which panels are the faster way.
constexpr int64_t group_height = 128;
/// Each number of rows needs a kernel of its own, so there are only multiples of this.
constexpr int64_t row_multiple = 16;
/// What oneDNN's bfloat16 kernels take from the rows at once.
constexpr int64_t input_multiple = 32;

/// `rows` rows of `columns` ≤ panel_width sums → bias, GELU, and into the output at `row` and `column`.
CT_VECTORIZED void finish_sums(
    float *sums, const float *bias, bool applies_gelu, const ct::Rows &output, int64_t row, int64_t rows,
    int64_t column, int64_t columns) {
    for (int64_t i = 0; i < rows; ++i) {
        float *values = sums + i * panel_width;
        for (int64_t j = 0; j < panel_width; j += 16) {
            ct::float16 value, addend;
            std::memcpy(&value, values + j, sizeof value);
            std::memcpy(&addend, bias + j, sizeof addend);
            value += addend;
            if (applies_gelu) {
                ct::float16 phi = value, slope;
                ct::normal_distribution(phi, slope);
                value *= phi;
            }
            std::memcpy(values + j, &value, sizeof value);
        }
        if (output.narrow)
            ct::narrow(values, columns, (uint16_t *)output.data + (row + i) * output.stride + column);
        else
            std::memcpy((float *)output.data + (row + i) * output.stride + column, values, columns * sizeof(float));
    }
}

}  // namespace

bool ct::Panels::serve(int64_t rows, int64_t outputs, int64_t inputs) {
    static const bool has_kernels = at::native::cpublas::could_pack(at::kBFloat16);
    // oneDNN prepares a kernel for each number of rows; those of a layer of few outputs are words, any number of them.
    return has_kernels && inputs % input_multiple == 0 && (rows <= group_height || outputs <= panel_width);
}

ct::Panels::Panels(const at::Tensor &weight, const at::Tensor &bias)
    : outputs(weight.size(0)), inputs(weight.size(1)) {
    const int64_t count = (outputs + panel_width - 1) / panel_width, filled = count * panel_width;
    at::Tensor whole = at::zeros({filled, inputs}, at::kBFloat16);
    whole.narrow(0, 0, outputs).copy_(weight.detach());
    biases = at::zeros({filled}, at::kFloat);
    if (bias.defined()) biases.narrow(0, 0, outputs).copy_(bias.detach());
    // The kernels read two inputs of each of the panel's outputs, then the next two.
    values = whole.view({count, panel_width, inputs / 2, 2}).permute({0, 2, 1, 3}).contiguous();
}

at::Tensor ct::Panels::product(const at::Tensor &input, bool applies_gelu, at::ScalarType output_type) const {
    const int64_t N = input.size(0), filled = (N + row_multiple - 1) / row_multiple * row_multiple;
    at::Tensor rows = input;
    if (filled != N) {
        rows = at::zeros({filled, inputs}, input.options());
        rows.narrow(0, 0, N).copy_(input);
    }
    at::Tensor output = at::empty({N, outputs}, output_type);
    const int64_t groups = (filled + group_height - 1) / group_height, panels = values.size(0);
    const at::BFloat16 *from = rows.const_data_ptr<at::BFloat16>(), *weights = values.const_data_ptr<at::BFloat16>();
    const float *bias = biases.const_data_ptr<float>();
    const ct::Rows to(output);
    ct::parallel_blocks(groups * panels, 1, [&](int64_t begin, int64_t end) {
        alignas(64) thread_local float sums[group_height * panel_width];
        for (int64_t task = begin; task < end; ++task) {
            const int64_t row = task / panels * group_height, panel = task % panels, column = panel * panel_width;
            const int64_t height = std::min(group_height, filled - row);
            at::native::cpublas::brgemm(
                height, panel_width, inputs, inputs, panel_width, panel_width, false, from + row * inputs,
                weights + column * inputs, sums);
            // Other kernels of this thread have tiles of other shapes.
            at::native::cpublas::brgemm_release();
            finish_sums(
                sums, bias + column, applies_gelu, to, row, std::min(height, N - row), column,
                std::min(panel_width, outputs - column));
        }
    });
    return output;
}
