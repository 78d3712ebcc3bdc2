#include "composed.hpp"
#include "device.hpp"
#include "guard.hpp"
#include "parallel.hpp"
#include "sparse.hpp"
#include "vector.hpp"

#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>
#include <vector>

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

/// Rows of a table. The gradient adds up in the order of the rows, whatever the number of threads.
struct GatherRows : torch::autograd::Function<GatherRows> {
    static at::Tensor forward(AutogradContext *context, const at::Tensor &table, const at::Tensor &rows, bool sparse) {
        at::AutoDispatchBelowADInplaceOrView below;
        context->save_for_backward({rows});
        context->saved_data["count"] = table.size(0);
        context->saved_data["sparse"] = sparse;
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
        const at::Tensor none;
        const int64_t table_rows = context->saved_data["count"].toInt(), width = gradient.size(1);
        const int64_t *indices = rows.const_data_ptr<int64_t>();
        if (context->saved_data["sparse"].toBool()) return {ct::sparse_sum(gradient, rows, table_rows), none, none};
        at::Tensor sum = at::zeros({table_rows, width}, at::kFloat);
        const float *from = gradient.const_data_ptr<float>();
        float *to = sum.mutable_data_ptr<float>();
        for (int64_t i = 0; i < rows.numel(); ++i) {
            float *target = to + indices[i] * width;
            const float *source = from + i * width;
            for (int64_t column = 0; column < width; ++column) target[column] += source[column];
        }
        return {sum, none, none};
    }
};

}  // namespace

at::Tensor ct::sparse_sum(const at::Tensor &gradient, const at::Tensor &rows, int64_t table_rows) {
    const int64_t *indices = rows.const_data_ptr<int64_t>();
    std::vector<int64_t> distinct(indices, indices + rows.numel());
    std::sort(distinct.begin(), distinct.end());
    distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
    const int64_t count = static_cast<int64_t>(distinct.size()), width = gradient.size(1);
    at::Tensor numbers = at::empty({1, count}, at::kLong), values = at::zeros({count, width}, at::kFloat);
    std::copy(distinct.begin(), distinct.end(), numbers.mutable_data_ptr<int64_t>());
    const float *from = gradient.const_data_ptr<float>();
    float *to = values.mutable_data_ptr<float>();
    for (int64_t i = 0; i < rows.numel(); ++i) {
        float *target = to + (std::lower_bound(distinct.begin(), distinct.end(), indices[i]) - distinct.begin()) * width;
        const float *source = from + i * width;
        for (int64_t column = 0; column < width; ++column) target[column] += source[column];
    }
    return at::_sparse_coo_tensor_unsafe(
        numbers, values, {table_rows, width}, values.options().layout(at::kSparse), true);
}

int32_t ct_add(const ct_tensor *left, const ct_tensor *right, ct_tensor **out) {
    return ct::guarded([&] { *out = ct::owned(at::add(left->value, right->value)); });
}

int32_t ct_gather_rows(const ct_tensor *table, const ct_tensor *rows, ct_tensor **out) {
    return ct::guarded([&] {
        TORCH_CHECK(rows->value.scalar_type() == at::kLong, "row numbers must be int64");
        const at::Tensor matrix = ct::matrix(table->value, "the table");
        // Hidden states get a dense gradient; of a vocabulary, a batch touches a small part.
        const bool sparse = matrix.is_leaf() && matrix.size(0) >= CT_LEAST_SPARSE_ROWS;
        *out = ct::owned(
            ct::composes(matrix) ? ct::composed::gather_rows(matrix, rows->value, sparse)
                                 : GatherRows::apply(matrix, rows->value.contiguous(), sparse));
    });
}

int32_t ct_cross_entropy(const ct_tensor *logits, const ct_tensor *targets, bool sum, ct_tensor **out) {
    return ct::guarded([&] {
        *out = ct::owned(at::cross_entropy_loss(
            logits->value, targets->value, {}, sum ? at::Reduction::Sum : at::Reduction::Mean));
    });
}
