#include "composed.hpp"
#include "device.hpp"
#include "guard.hpp"
#include "parallel.hpp"

#include <torch/csrc/autograd/custom_function.h>

#include <vector>

// What makes vectors of words out of vectors of pieces, of layers and of characters.

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

/// Means of consecutive rows; each row belongs to one mean at most, so both directions write every row once.
struct MeanRows : torch::autograd::Function<MeanRows> {
    static at::Tensor forward(
        AutogradContext *context, const at::Tensor &input, const std::vector<int64_t> &starts,
        const std::vector<int64_t> &counts) {
        at::AutoDispatchBelowADInplaceOrView below;
        const int64_t rows = input.size(0), width = input.size(1), count = static_cast<int64_t>(starts.size());
        context->saved_data["starts"] = starts;
        context->saved_data["counts"] = counts;
        context->saved_data["rows"] = rows;
        at::Tensor output = at::empty({count, width}, at::kFloat);
        const float *from = input.const_data_ptr<float>();
        float *to = output.mutable_data_ptr<float>();
        ct::parallel_blocks(count, 64, [&](int64_t begin, int64_t stop) {
            for (int64_t i = begin; i < stop; ++i) {
                float *target = to + i * width;
                const float *source = from + starts[i] * width;
                const float share = 1.0f / static_cast<float>(counts[i]);
                for (int64_t column = 0; column < width; ++column) target[column] = source[column];
                for (int64_t row = 1; row < counts[i]; ++row)
                    for (int64_t column = 0; column < width; ++column) target[column] += source[row * width + column];
                if (counts[i] > 1)
                    for (int64_t column = 0; column < width; ++column) target[column] *= share;
            }
        });
        return output;
    }

    static variable_list backward(AutogradContext *context, const variable_list &gradients) {
        at::AutoDispatchBelowADInplaceOrView below;
        const at::Tensor gradient = gradients[0].contiguous(), none;
        const std::vector<int64_t> starts = context->saved_data["starts"].toIntVector();
        const std::vector<int64_t> counts = context->saved_data["counts"].toIntVector();
        const int64_t width = gradient.size(1);
        at::Tensor spread = at::zeros({context->saved_data["rows"].toInt(), width}, at::kFloat);
        const float *from = gradient.const_data_ptr<float>();
        float *to = spread.mutable_data_ptr<float>();
        ct::parallel_blocks(static_cast<int64_t>(starts.size()), 64, [&](int64_t begin, int64_t stop) {
            for (int64_t i = begin; i < stop; ++i) {
                const float share = 1.0f / static_cast<float>(counts[i]);
                for (int64_t row = starts[i]; row < starts[i] + counts[i]; ++row)
                    for (int64_t column = 0; column < width; ++column)
                        to[row * width + column] = share * from[i * width + column];
            }
        });
        return {spread, none, none};
    }
};

}  // namespace

int32_t ct_mean_rows(
    const ct_tensor *input, const int64_t *starts, const int64_t *counts, int64_t count, ct_tensor **out) {
    return ct::guarded([&] {
        const at::Tensor rows = ct::matrix(input->value, "the rows");
        int64_t end = 0;
        for (int64_t i = 0; i < count; ++i) {
            TORCH_CHECK(
                counts[i] > 0 && starts[i] >= end && starts[i] + counts[i] <= rows.size(0), "rows ", starts[i], " to ",
                starts[i] + counts[i], " of ", rows.size(0), " overlap or do not exist");
            end = starts[i] + counts[i];
        }
        const std::vector<int64_t> firsts(starts, starts + count), sizes(counts, counts + count);
        *out = ct::owned(
            ct::composes(rows) ? ct::composed::mean_rows(rows, firsts, sizes) : MeanRows::apply(rows, firsts, sizes));
    });
}

int32_t ct_concatenate(const ct_tensor *const *tensors, int64_t count, ct_tensor **out) {
    return ct::guarded([&] {
        std::vector<at::Tensor> parts;
        for (int64_t i = 0; i < count; ++i) parts.push_back(ct::matrix(tensors[i]->value, "a part"));
        *out = ct::owned(at::cat(parts, 1));
    });
}

int32_t ct_columns(const ct_tensor *input, int64_t first, int64_t count, ct_tensor **out) {
    return ct::guarded([&] {
        *out = ct::owned(ct::matrix(input->value, "the columns").narrow(1, first, count).contiguous());
    });
}

int32_t ct_mix(
    const ct_tensor *const *tensors, int64_t count, const ct_tensor *weights, const ct_tensor *scale,
    ct_tensor **out) {
    return ct::guarded([&] {
        TORCH_CHECK(
            weights->value.numel() == count && scale->value.numel() == 1, "a mix of ", count, " tensors needs ", count,
            " weights and one scale");
        const at::Tensor shares = at::softmax(weights->value, 0) * scale->value;
        at::Tensor sum = tensors[0]->value * shares[0];
        for (int64_t i = 1; i < count; ++i) sum = sum + tensors[i]->value * shares[i];
        *out = ct::owned(sum);
    });
}
