#include "guard.hpp"
#include "parallel.hpp"
#include "vector.hpp"

#include <torch/csrc/autograd/custom_function.h>

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

/// Rows of a table. The gradient adds up in the order of the rows, whatever the number of threads.
struct GatherRows : torch::autograd::Function<GatherRows> {
    static at::Tensor forward(AutogradContext *context, const at::Tensor &table, const at::Tensor &rows) {
        at::AutoDispatchBelowADInplaceOrView below;
        context->save_for_backward({rows});
        context->saved_data["count"] = table.size(0);
        const int64_t count = rows.numel(), width = table.size(1), limit = table.size(0);
        const int64_t *indices = rows.const_data_ptr<int64_t>();
        for (int64_t i = 0; i < count; ++i)
            TORCH_CHECK_INDEX(
                indices[i] >= 0 && indices[i] < limit, "row ", indices[i], " of a table of ", limit, " rows");
        at::Tensor output = at::empty({count, width}, at::kFloat);
        const float *from = table.const_data_ptr<float>();
        float *to = output.mutable_data_ptr<float>();
        for (int64_t i = 0; i < count; ++i)
            std::memcpy(to + i * width, from + indices[i] * width, width * sizeof(float));
        return output;
    }

    static variable_list backward(AutogradContext *context, const variable_list &gradients) {
        at::AutoDispatchBelowADInplaceOrView below;
        const at::Tensor gradient = gradients[0].contiguous(), rows = context->get_saved_variables()[0];
        const int64_t table_rows = context->saved_data["count"].toInt(), width = gradient.size(1);
        at::Tensor sum = at::zeros({table_rows, width}, at::kFloat);
        const int64_t *indices = rows.const_data_ptr<int64_t>();
        const float *from = gradient.const_data_ptr<float>();
        float *to = sum.mutable_data_ptr<float>();
        for (int64_t i = 0; i < rows.numel(); ++i) {
            float *target = to + indices[i] * width;
            const float *source = from + i * width;
            for (int64_t column = 0; column < width; ++column) target[column] += source[column];
        }
        return {sum, at::Tensor()};
    }
};

}  // namespace

int32_t ct_add(const ct_tensor *left, const ct_tensor *right, ct_tensor **out) {
    return ct::guarded([&] { *out = ct::owned(at::add(left->value, right->value)); });
}

int32_t ct_gelu(const ct_tensor *input, ct_tensor **out) {
    return ct::guarded([&] { *out = ct::owned(at::gelu(input->value, "none")); });
}

int32_t ct_gather_rows(const ct_tensor *table, const ct_tensor *rows, ct_tensor **out) {
    return ct::guarded([&] {
        TORCH_CHECK(rows->value.scalar_type() == at::kLong, "row numbers must be int64");
        *out = ct::owned(GatherRows::apply(ct::matrix(table->value, "the table"), rows->value.contiguous()));
    });
}

int32_t ct_cross_entropy(const ct_tensor *logits, const ct_tensor *targets, bool sum, ct_tensor **out) {
    return ct::guarded([&] {
        *out = ct::owned(at::cross_entropy_loss(
            logits->value, targets->value, {}, sum ? at::Reduction::Sum : at::Reduction::Mean));
    });
}
