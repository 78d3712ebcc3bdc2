#include "guard.hpp"

#include <torch/headeronly/version.h>

// The stand-ins for Gloo's headers (see gloo/README.md) fit the declarations of this version.
#if TORCH_VERSION_MAJOR != 2 || TORCH_VERSION_MINOR != 13
#error "libtorch has another version: compare gloo/ with its ProcessGroupGloo.hpp, then change this line"
#endif

#define USE_C10D_GLOO
#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>

#include <algorithm>
#include <vector>

struct ct_group {
    c10::intrusive_ptr<c10d::TCPStore> store;
    c10::intrusive_ptr<c10d::ProcessGroupGloo> processes;
    int64_t size;
};

namespace {

/// Gradients travel in pieces of so many values: 16 MB, so that summing and sending overlap within Gloo's buffers.
constexpr int64_t bucket_values = 4 << 20;

void all_reduce(ct_group *group, at::Tensor &values, c10d::ReduceOp operation = c10d::ReduceOp::SUM) {
    std::vector<at::Tensor> tensors{values};
    c10d::AllreduceOptions options;
    options.reduceOp = operation;
    group->processes->allreduce(tensors, options)->wait();
}

std::vector<at::Tensor> all_gather(ct_group *group, const at::Tensor &values) {
    std::vector<std::vector<at::Tensor>> outputs(1);
    for (int64_t rank = 0; rank < group->size; ++rank) outputs[0].push_back(at::empty_like(values));
    std::vector<at::Tensor> inputs{values};
    group->processes->allgather(outputs, inputs)->wait();
    return outputs[0];
}

/// What kind of gradient a parameter has; the greater one wins where processes differ.
enum : int32_t { no_gradient, sparse_gradient, dense_gradient };

int32_t kind_of(const at::Tensor &gradient) {
    return !gradient.defined() ? no_gradient : gradient.is_sparse() ? sparse_gradient : dense_gradient;
}

/// Sums dense gradients in buckets; processes without one add zeros.
void sum_dense(ct_group *group, const std::vector<ct_tensor *> &parameters) {
    for (size_t first = 0; first < parameters.size();) {
        size_t end = first;
        int64_t count = 0;
        do count += parameters[end++]->value.numel();
        while (end < parameters.size() && count + parameters[end]->value.numel() <= bucket_values);
        at::Tensor bucket = at::zeros({count}, at::kFloat);
        int64_t place = 0;
        for (size_t i = first; i < end; ++i) {
            const at::Tensor &parameter = parameters[i]->value, &gradient = parameter.grad();
            if (gradient.defined())
                bucket.narrow(0, place, parameter.numel())
                    .copy_((gradient.is_sparse() ? gradient.to_dense() : gradient).reshape({-1}));
            place += parameter.numel();
        }
        all_reduce(group, bucket);
        place = 0;
        for (size_t i = first; i < end; ++i) {
            const at::Tensor &parameter = parameters[i]->value;
            parameter.mutable_grad() = bucket.narrow(0, place, parameter.numel()).clone().view(parameter.sizes());
            place += parameter.numel();
        }
        first = end;
    }
}

/// Puts the rows of all processes together, in the order of the ranks, and adds up those of the same number.
void sum_sparse(ct_group *group, ct_tensor *parameter) {
    const int64_t width = parameter->value.size(1);
    at::Tensor numbers = at::empty({0}, at::kLong), values = at::empty({0, width}, at::kFloat);
    if (const at::Tensor &gradient = parameter->value.grad(); gradient.defined()) {
        const at::Tensor rows = gradient.coalesce();
        numbers = rows.indices()[0];
        values = rows.values();
    }
    std::vector<int64_t> counts;
    for (const at::Tensor &count : all_gather(group, at::full({1}, numbers.size(0), at::kLong)))
        counts.push_back(count.item<int64_t>());
    const int64_t longest = *std::max_element(counts.begin(), counts.end());
    if (longest == 0) return;
    // Gloo gathers tensors of one size.
    at::Tensor sent_numbers = at::zeros({longest}, at::kLong), sent_values = at::zeros({longest, width}, at::kFloat);
    sent_numbers.narrow(0, 0, numbers.size(0)).copy_(numbers);
    sent_values.narrow(0, 0, numbers.size(0)).copy_(values);
    const std::vector<at::Tensor> all_numbers = all_gather(group, sent_numbers),
                                  all_values = all_gather(group, sent_values);
    std::vector<at::Tensor> kept_numbers, kept_values;
    for (int64_t rank = 0; rank < group->size; ++rank) {
        kept_numbers.push_back(all_numbers[rank].narrow(0, 0, counts[rank]));
        kept_values.push_back(all_values[rank].narrow(0, 0, counts[rank]));
    }
    parameter->value.mutable_grad() =
        at::sparse_coo_tensor(
            at::cat(kept_numbers).unsqueeze(0), at::cat(kept_values), parameter->value.sizes(), std::nullopt,
            std::nullopt, std::nullopt, std::nullopt, std::nullopt)
            .coalesce();
}

}  // namespace

int32_t ct_group_open(
    int32_t rank, int32_t size, const char *host, int32_t port, double timeout, ct_group **out) {
    return ct::guarded([&] {
        const auto limit = std::chrono::milliseconds(static_cast<int64_t>(1000 * timeout));
        c10d::TCPStoreOptions options;
        options.port = static_cast<uint16_t>(port);
        options.isServer = rank == 0;
        options.numWorkers = size;
        options.timeout = limit;
        auto store = c10::make_intrusive<c10d::TCPStore>(host, options);
        auto settings = c10d::ProcessGroupGloo::Options::create(limit);
        // One machine has no other address that all processes know, and among several this one's is what they know.
        const std::string name = host;
        const bool is_local = name == "localhost" || name.rfind("127.", 0) == 0 || name == "::1";
        settings->devices.push_back(
            is_local ? c10d::ProcessGroupGloo::createDeviceForHostname(name)
                     : c10d::ProcessGroupGloo::createDefaultDevice());
        auto processes = c10::make_intrusive<c10d::ProcessGroupGloo>(
            c10::make_intrusive<c10d::PrefixStore>("clinner", store), rank, size, settings);
        *out = new ct_group{std::move(store), std::move(processes), size};
    });
}

void ct_group_close(ct_group *group) {
    // What goes wrong while connections are closed concerns nobody any more.
    ct::guarded([&] { delete group; });
}

int32_t ct_group_sum_gradients(ct_group *group, ct_tensor *const *parameters, int64_t count) {
    return ct::guarded([&] {
        at::NoGradGuard no_gradients;
        at::Tensor kinds = at::empty({count}, at::kInt);
        for (int64_t i = 0; i < count; ++i) kinds[i] = kind_of(parameters[i]->value.grad());
        all_reduce(group, kinds, c10d::ReduceOp::MAX);
        std::vector<ct_tensor *> dense;
        for (int64_t i = 0; i < count; ++i) {
            const int32_t kind = kinds[i].item<int32_t>();
            if (kind == dense_gradient) dense.push_back(parameters[i]);
            if (kind == sparse_gradient) sum_sparse(group, parameters[i]);
        }
        sum_dense(group, dense);
    });
}

int32_t ct_group_sum(ct_group *group, double *values, int64_t count) {
    return ct::guarded([&] {
        at::Tensor sums = at::from_blob(values, {count}, at::kDouble).clone();
        all_reduce(group, sums);
        std::copy_n(sums.const_data_ptr<double>(), count, values);
    });
}

int32_t ct_group_broadcast(ct_group *group, ct_tensor *const *tensors, int64_t count) {
    return ct::guarded([&] {
        at::NoGradGuard no_gradients;
        for (int64_t i = 0; i < count; ++i) {
            std::vector<at::Tensor> values{tensors[i]->value.detach()};
            group->processes->broadcast(values)->wait();
            tensors[i]->value.unsafeGetTensorImpl()->bump_version();
        }
    });
}
