#include "guard.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

// libtorch's packed LSTM wants the rows step by step, over sequences in the order of falling length; ours lie sequence
// by sequence.

namespace {

/// cuDNN says of each pass that the weights do not lie one after the other; ours are parameters of their own.
struct WithoutWarnings : c10::WarningHandler {
    void process(const c10::Warning &) override {}
};

}  // namespace

int32_t ct_bidirectional_lstm(
    const ct_tensor *input, const int64_t *lengths, int64_t count, const ct_tensor *const parameters[8],
    ct_tensor **out) {
    return ct::guarded([&] {
        const at::Tensor rows = ct::matrix(input->value, "the input of an LSTM");
        std::vector<int64_t> starts(count + 1, 0), order;
        for (int64_t sequence = 0; sequence < count; ++sequence) {
            starts[sequence + 1] = starts[sequence] + lengths[sequence];
            if (lengths[sequence] > 0) order.push_back(sequence);
        }
        const int64_t N = starts[count], units = parameters[1]->value.size(1);
        TORCH_CHECK(N == rows.size(0), "sequences of ", N, " rows in a matrix of ", rows.size(0));
        if (N == 0) {
            *out = ct::owned(at::zeros({0, 2 * units}, rows.options()));
            return;
        }
        std::stable_sort(order.begin(), order.end(), [&](int64_t a, int64_t b) { return lengths[a] > lengths[b]; });
        at::Tensor to_steps = at::empty({N}, at::kLong), from_steps = at::empty({N}, at::kLong);
        int64_t *steps = to_steps.mutable_data_ptr<int64_t>(), *sequences = from_steps.mutable_data_ptr<int64_t>();
        std::vector<int64_t> batch_sizes;
        int64_t next = 0;
        for (int64_t step = 0; step < lengths[order[0]]; ++step) {
            int64_t running = 0;
            while (running < static_cast<int64_t>(order.size()) && lengths[order[running]] > step) {
                const int64_t row = starts[order[running]] + step;
                steps[next] = row;
                sequences[row] = next;
                next += 1;
                running += 1;
            }
            batch_sizes.push_back(running);
        }
        std::vector<at::Tensor> weights;
        for (int i = 0; i < 8; ++i) weights.push_back(parameters[i]->value);
        const at::Tensor state = at::zeros({2, batch_sizes[0], units}, rows.options());
        const bool training = at::GradMode::is_enabled();
        WithoutWarnings without_warnings;
        const c10::WarningUtils::WarningHandlerGuard guard(&without_warnings);
        // The sizes are read on the processor, wherever the rows are.
        const auto result = at::lstm(
            rows.index_select(0, to_steps.to(rows.device())), at::tensor(batch_sizes, at::kLong), {state, state},
            weights, true, 1, 0.0, training, true);
        *out = ct::owned(std::get<0>(result).index_select(0, from_steps.to(rows.device())));
    });
}
