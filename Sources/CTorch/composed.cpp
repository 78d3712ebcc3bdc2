#include "composed.hpp"
#include "philox.hpp"
#include "precision.hpp"

#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace {

constexpr int64_t low_bits = 0xFFFFFFFF;

/// Whole numbers on the device of another tensor.
at::Tensor numbers(const std::vector<int64_t> &values, const at::Tensor &like) {
    at::Tensor result = at::empty({static_cast<int64_t>(values.size())}, at::kLong);
    std::copy(values.begin(), values.end(), result.mutable_data_ptr<int64_t>());
    return result.to(like.device());
}

at::Tensor row_numbers(const at::Tensor &matrix) {
    return at::arange(matrix.size(0), matrix.options().dtype(at::kLong));
}

/// The high and the low 32 bits of 32-bit numbers, kept in 64 bits, times a multiplier of at least 2^31.
///
/// Less 2^32, the multiplier is negative and small enough for a product without overflow; the high bits then lack x.
std::pair<at::Tensor, at::Tensor> multiplied(const at::Tensor &x, uint32_t multiplier) {
    const at::Tensor part = x * (static_cast<int64_t>(multiplier) - (int64_t{1} << 32));
    return {at::bitwise_right_shift(part, 32).add_(x), at::bitwise_and(part, low_bits)};
}

at::Tensor mixed(const at::Tensor &x, const at::Tensor &y, uint32_t key) {
    return at::bitwise_xor(at::bitwise_xor(x, y), static_cast<int64_t>(key));
}

}  // namespace

at::Tensor ct::composed::linear(
    const at::Tensor &input, at::TensorList weights, at::TensorList biases, bool applies_gelu, bool keeps_type) {
    const at::ScalarType type = ct::product_type();
    const auto whole = [&](at::TensorList parts) { return (parts.size() == 1 ? parts[0] : at::cat(parts)).to(type); };
    std::optional<at::Tensor> bias;
    if (!biases.empty()) bias = whole(biases);
    at::Tensor output = at::linear(input.to(type), whole(weights), bias);
    if (applies_gelu) output = at::gelu(output);
    return keeps_type ? output : output.to(at::kFloat);
}

// Of the ways to gather rows, embeddings have derivatives on a GPU that sort the rows first and add up each one's in
// a fixed order; index_add and index_put leave the order to chance.

at::Tensor ct::composed::gather_rows(const at::Tensor &table, const at::Tensor &rows, bool has_sparse_gradient) {
    return at::embedding(table, rows, -1, false, has_sparse_gradient);
}

at::Tensor ct::composed::mean_rows(
    const at::Tensor &input, const std::vector<int64_t> &starts, const std::vector<int64_t> &counts) {
    if (starts.empty()) return input.narrow(0, 0, 0);
    std::vector<int64_t> rows, first;
    for (size_t i = 0; i < starts.size(); ++i) {
        first.push_back(static_cast<int64_t>(rows.size()));
        for (int64_t row = starts[i]; row < starts[i] + counts[i]; ++row) rows.push_back(row);
    }
    constexpr int64_t mean = 1;
    return std::get<0>(at::embedding_bag(input, numbers(rows, input), numbers(first, input), false, mean));
}

at::Tensor ct::composed::multipliers(
    const at::Tensor &rows, int64_t count, double probability, const ct_random &random) {
    at::NoGradGuard no_gradients;
    const int64_t blocks = (count + 63) / 64, N = rows.size(0);
    const auto options = rows.options();
    // The counters of philox_words: 16 lanes a block of 64 elements, which get the four words of each lane.
    at::Tensor c0 = at::arange(blocks * 16, options).view({1, -1});
    at::Tensor c1 = at::bitwise_and(rows, low_bits).view({-1, 1});
    at::Tensor c2 = at::full({1, 1}, static_cast<int64_t>(random.site), options);
    at::Tensor c3 = at::full({1, 1}, static_cast<int64_t>(random.step), options);
    uint32_t k0 = static_cast<uint32_t>(random.seed), k1 = static_cast<uint32_t>(random.seed >> 32);
    // The counters' axes spread over all four words within the first rounds.
    for (int round = 0; round < Philox::rounds; ++round) {
        const auto [high0, low0] = multiplied(c0, Philox::multiplier0);
        const auto [high1, low1] = multiplied(c2, Philox::multiplier1);
        c0 = mixed(high1, c1, k0);
        c1 = low1;
        c2 = mixed(high0, c3, k1);
        c3 = low0;
        k0 += Philox::weyl0;
        k1 += Philox::weyl1;
    }
    std::vector<at::Tensor> words;
    for (const at::Tensor &word : {c0, c1, c2, c3}) words.push_back(word.view({N, blocks, 1, 16}));
    const double scaled = probability * 4294967296.0;
    const int64_t threshold = scaled >= 4294967295.0 ? low_bits : static_cast<int64_t>(scaled);
    return at::cat(words, 2)
        .reshape({N, blocks * 64})
        .narrow(1, 0, count)
        .ge(threshold)
        .to(at::kFloat)
        .mul_(static_cast<float>(1.0 / (1.0 - probability)));
}

at::Tensor ct::composed::dropout(const at::Tensor &input, double probability, const ct_random &random) {
    if (probability == 0) return input;
    return input * multipliers(row_numbers(input), input.size(1), probability, random);
}

at::Tensor ct::composed::dropout_add_norm(
    const at::Tensor &input, const std::optional<at::Tensor> &residual, const at::Tensor &weight,
    const at::Tensor &bias, double epsilon, double probability, const ct_random &random) {
    at::Tensor sum = dropout(input.to(at::kFloat), probability, random);
    if (residual) sum = sum + *residual;
    return at::layer_norm(sum, {sum.size(1)}, weight, bias, epsilon);
}

at::Tensor ct::composed::attention(
    const at::Tensor &projections, const std::vector<int64_t> &starts, int64_t heads, double probability,
    const ct_random &random) {
    const int64_t N = projections.size(0), H = projections.size(1) / 3, d = H / heads, total = starts.back();
    std::vector<int64_t> firsts, lengths;
    for (size_t i = 0; i + 1 < starts.size(); ++i) {
        if (starts[i + 1] == starts[i]) continue;
        firsts.push_back(starts[i]);
        lengths.push_back(starts[i + 1] - starts[i]);
    }
    // On the tape, as the kernel's result is: its gradient is zero.
    if (lengths.empty()) return projections.narrow(1, 0, H) * 0;
    const int64_t B = static_cast<int64_t>(lengths.size()), L = *std::max_element(lengths.begin(), lengths.end());
    // Sequences filled up to L rows. What fills them reads row 0, whose gradient gets only zeros from there.
    std::vector<int64_t> padded(B * L, 0), filled;
    for (int64_t sequence = 0; sequence < B; ++sequence)
        for (int64_t i = 0; i < lengths[sequence]; ++i) {
            padded[sequence * L + i] = firsts[sequence] + i;
            filled.push_back(sequence * L + i);
        }
    const at::Tensor rows = numbers(padded, projections);
    const at::Tensor positions = at::arange(L, rows.options()).view({1, L});
    const at::Tensor is_absent = positions.ge(numbers(lengths, projections).view({B, 1})).view({B, 1, 1, L});
    const auto parts = projections.to(at::kFloat)
                           .index_select(0, rows)
                           .view({B, L, 3, heads, d})
                           .permute({2, 0, 3, 1, 4})
                           .unbind(0);
    const at::Tensor scores = at::matmul(parts[0], parts[1].transpose(-2, -1)) / std::sqrt(static_cast<double>(d));
    at::Tensor shares =
        at::softmax(scores.masked_fill(is_absent, -std::numeric_limits<double>::infinity()), -1);
    if (probability > 0) {
        const at::Tensor head_numbers = at::arange(heads, rows.options()).view({1, heads, 1});
        const at::Tensor mask_rows = (rows.view({B, 1, L}) * heads + head_numbers).reshape({-1});
        shares = shares * multipliers(mask_rows, L, probability, random).view({B, heads, L, L});
    }
    const at::Tensor output = at::matmul(shares, parts[2]).transpose(1, 2).reshape({B * L, H});
    at::Tensor packed = output.index_select(0, numbers(filled, projections));
    if (total < N) packed = at::constant_pad_nd(packed, {0, 0, 0, N - total});
    return packed.to(projections.scalar_type());
}

double ct::composed::norm(const std::vector<at::Tensor> &tensors) {
    if (tensors.empty()) return 0;
    at::NoGradGuard no_gradients;
    std::vector<at::Tensor> norms;
    for (const at::Tensor &tensor : tensors)
        norms.push_back(at::linalg_vector_norm(tensor, 2, at::OptionalIntArrayRef(), false, at::kDouble));
    // Read once, so that a GPU is waited for once.
    return at::linalg_vector_norm(at::stack(norms), 2).item<double>();
}
