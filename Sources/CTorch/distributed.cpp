#include "guard.hpp"
#include "sparse.hpp"

#include <torch/version.h>

// libtorch's wheel contains Gloo and the process group on top of it, but not Gloo's headers, and the class has no other
// way in than its constructor. `gloo-stubs` declares the few names that the class's header mentions. What is behind
// them is only pointed to, so that the layout of the class does not depend on it; still, that was checked for this
// version alone. To check another one, compare sizeof(c10d::ProcessGroupGloo) with what ProcessGroupGloo::split hands
// to operator new, and run the tests of the process group.
#if TORCH_VERSION_MAJOR != 2 || TORCH_VERSION_MINOR != 13
#error "gloo-stubs was checked against libtorch 2.13; check it against this one (see above) and change the number here"
#endif
#define USE_C10D_GLOO
#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>

#include <c10/util/Logging.h>

#include <signal.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <vector>

struct ct_process_group {
    c10::intrusive_ptr<c10d::Backend> backend;
};

namespace {

using Work = c10::intrusive_ptr<c10d::Work>;

/// Gradients travel in buckets of this many elements (4 MiB), so that small ones do not cost a round of messages each.
/// Of 1 to 64 MiB this was the fastest between two processes of one machine; a second bucket under way gained nothing.
constexpr int64_t elements_per_bucket = 1 << 20;

/// Keeps SIGPIPE from this thread for a while, and for good from the threads that it starts: Gloo writes to sockets
/// without asking for none, and the end of one process would end the others instead of being an error there.
class WithoutPipeSignals {
public:
    WithoutPipeSignals() {
        sigemptyset(&pipe);
        sigaddset(&pipe, SIGPIPE);
        pthread_sigmask(SIG_BLOCK, &pipe, &previous);
    }

    ~WithoutPipeSignals() {
        const timespec no_time{};
        if (!sigismember(&previous, SIGPIPE)) sigtimedwait(&pipe, nullptr, &no_time);
        pthread_sigmask(SIG_SETMASK, &previous, nullptr);
    }

private:
    sigset_t pipe, previous;
};

std::chrono::milliseconds milliseconds(double seconds) {
    return std::chrono::milliseconds(static_cast<int64_t>(std::ceil(seconds * 1000)));
}

void finish(const Work &work) { TORCH_CHECK(work->wait(), "the operation was given up"); }

// Gloo's threads must not run ATen's parallel loops: each would start a pool of workers of its own beside that of the
// training thread. Of c10d's operations only those are used that work in place on one contiguous tensor. The training
// thread makes its copies alone too: after each of ATen's loops the workers wait for the next one in a busy loop, while
// Gloo's threads need the processors; where these were scarce, that was measured at four times the time.

Work start_sum(c10d::Backend &backend, const at::Tensor &tensor) {
    std::vector<at::Tensor> tensors{tensor};
    return backend.allreduce(tensors);
}

Work start_broadcast(c10d::Backend &backend, const at::Tensor &tensor, int64_t root) {
    std::vector<at::Tensor> tensors{tensor};
    c10d::BroadcastOptions options;
    options.rootRank = root;
    return backend.broadcast(tensors, options);
}

/// What every process has as `own`, a few int64, one row a rank.
at::Tensor gathered(c10d::Backend &backend, std::vector<int64_t> own) {
    const int64_t count = static_cast<int64_t>(own.size());
    at::Tensor input = at::from_blob(own.data(), {count}, at::kLong);
    at::Tensor all = at::empty({backend.getSize() * count}, at::kLong);
    finish(backend._allgather_base(all, input));
    return all.view({backend.getSize(), count});
}

/// Throws on every rank unless all ranks bring tensors of the same shapes for the same purpose: otherwise Gloo would
/// end the process in a thread of its own.
void check_same(c10d::Backend &backend, ct_tensor *const *tensors, int64_t count, int64_t purpose) {
    uint64_t digest = 0xCBF29CE484222325;  // FNV-1a over whole numbers
    const auto add = [&](int64_t number) { digest = (digest ^ static_cast<uint64_t>(number)) * 0x100000001B3; };
    add(purpose);
    for (int64_t i = 0; i < count; ++i) {
        add(static_cast<int64_t>(tensors[i]->value.scalar_type()));
        add(tensors[i]->value.dim());
        for (int64_t size : tensors[i]->value.sizes()) add(size);
    }
    const at::Tensor all = gathered(backend, {count, static_cast<int64_t>(digest)});
    const int64_t *values = all.const_data_ptr<int64_t>();
    for (int64_t rank = 1; rank < backend.getSize(); ++rank)
        TORCH_CHECK(
            values[2 * rank] == values[0] && values[2 * rank + 1] == values[1], "process ", rank, " brings ",
            values[2 * rank], " tensors, process 0 ", values[0], ", or theirs differ in shape or type");
}

void scaled_copy(const float *from, float *to, int64_t count, double scale) {
    const float factor = static_cast<float>(scale);
    for (int64_t i = 0; i < count; ++i) to[i] = from[i] * factor;
}

enum Kind : int64_t { without_gradient = 0, sparse = 1, dense = 2 };

/// The sum of a table's sparse gradients over the ranks: `rows` of each rank's, in the order of the ranks.
///
/// Every rank gets the rows of all others and adds them up itself, in one order. A word table has several times the
/// rows that a batch touches, so this moves less than a dense sum, and the optimizer's step stays sparse.
at::Tensor summed_rows(
    c10d::Backend &backend, const at::Tensor &own, at::IntArrayRef shape, const std::vector<int64_t> &rows,
    double scale) {
    TORCH_CHECK(shape.size() == 2, "a sparse gradient of a parameter of shape ", shape);
    int64_t total = 0;
    for (int64_t count : rows) total += count;
    const at::Tensor numbers = at::empty({total}, at::kLong), values = at::empty({total, shape[1]}, at::kFloat);
    std::vector<Work> works;
    int64_t first = 0;
    for (int64_t rank = 0; rank < backend.getSize(); ++rank) {
        const at::Tensor its_numbers = numbers.narrow(0, first, rows[rank]);
        const at::Tensor its_values = values.narrow(0, first, rows[rank]);
        first += rows[rank];
        if (rows[rank] == 0) continue;
        if (rank == backend.getRank()) {
            const at::Tensor own_numbers = own.indices().contiguous(), own_values = own.values().contiguous();
            std::memcpy(its_numbers.mutable_data_ptr(), own_numbers.const_data_ptr(), its_numbers.nbytes());
            std::memcpy(its_values.mutable_data_ptr(), own_values.const_data_ptr(), its_values.nbytes());
        }
        works.push_back(start_broadcast(backend, its_numbers, rank));
        works.push_back(start_broadcast(backend, its_values, rank));
    }
    for (const Work &work : works) finish(work);
    const at::Tensor sum = ct::sparse_sum(values, numbers, shape[0]), summed = sum._values();
    scaled_copy(summed.const_data_ptr<float>(), summed.mutable_data_ptr<float>(), summed.numel(), scale);
    return sum;
}

/// Sums contiguous gradients laid side by side, except for a single one, which is summed where it lies.
void sum_bucket(c10d::Backend &backend, const std::vector<at::Tensor> &gradients, int64_t elements, double scale) {
    const at::Tensor flat = gradients.size() == 1 ? gradients[0].view({-1}) : at::empty({elements}, at::kFloat);
    const auto each = [&](const auto &body) {
        float *part = flat.mutable_data_ptr<float>();
        for (const at::Tensor &gradient : gradients) {
            body(gradient.mutable_data_ptr<float>(), part, gradient.numel());
            part += gradient.numel();
        }
    };
    if (gradients.size() > 1)
        each([](const float *gradient, float *part, int64_t count) { std::copy_n(gradient, count, part); });
    finish(start_sum(backend, flat));
    each([&](float *gradient, const float *part, int64_t count) { scaled_copy(part, gradient, count, scale); });
}

void sum_dense(c10d::Backend &backend, const std::vector<at::Tensor> &gradients, double scale) {
    std::vector<at::Tensor> bucket;
    int64_t elements = 0;
    for (const at::Tensor &gradient : gradients) {
        if (!bucket.empty() && elements + gradient.numel() > elements_per_bucket) {
            sum_bucket(backend, bucket, elements, scale);
            bucket.clear();
            elements = 0;
        }
        bucket.push_back(gradient);
        elements += gradient.numel();
    }
    if (!bucket.empty()) sum_bucket(backend, bucket, elements, scale);
}

}  // namespace

int32_t ct_process_group_open(
    int32_t rank, int32_t world_size, bool listens, const char *address, int32_t port, double opening_seconds,
    double seconds, ct_process_group **out) {
    return ct::guarded([&] {
        const WithoutPipeSignals without_pipe_signals;
        TORCH_CHECK(port > 0 && port <= std::numeric_limits<uint16_t>::max(), "there is no port ", port);
        // c10d logs every attempt to connect with a stack trace. What went wrong comes back as an error anyway.
        if (std::getenv("TORCH_CPP_LOG_LEVEL") == nullptr) FLAGS_caffe2_log_level = c10::GLOG_FATAL;
        c10d::TCPStoreOptions options;
        options.port = static_cast<uint16_t>(port);
        options.isServer = listens;
        options.numWorkers = world_size;
        options.timeout = milliseconds(opening_seconds);
        // A prefix, because a launcher keeps values of its own in its store.
        const auto store = c10::make_intrusive<c10d::PrefixStore>(
            "clinner", c10::make_intrusive<c10d::TCPStore>(address, options));
        const c10::intrusive_ptr<c10d::Backend> backend = c10::make_intrusive<c10d::ProcessGroupGloo>(
            store, rank, world_size, c10d::ProcessGroupGloo::Options::create_default(milliseconds(opening_seconds)));
        // Who listens serves what the others need to find each other, so none goes on before all have.
        finish(backend->barrier());
        backend->setTimeout(milliseconds(seconds));
        *out = new ct_process_group{backend};
    });
}

void ct_process_group_close(ct_process_group *group) { delete group; }

int32_t ct_sum_gradients(ct_process_group *group, ct_tensor *const *parameters, int64_t count, double scale) {
    return ct::guarded([&] {
        at::NoGradGuard no_gradients;
        c10d::Backend &backend = *group->backend;
        check_same(backend, parameters, count, 0);
        if (count == 0) return;
        std::vector<int64_t> kinds_and_rows(2 * count, 0);
        for (int64_t i = 0; i < count; ++i) {
            at::Tensor &gradient = parameters[i]->value.mutable_grad();
            if (!gradient.defined()) continue;
            TORCH_CHECK(gradient.scalar_type() == at::kFloat, "a gradient of type ", gradient.scalar_type());
            // Gloo sums in the processor's memory.
            gradient = gradient.cpu();
            if (gradient.is_sparse()) gradient = gradient.coalesce();
            kinds_and_rows[2 * i] = gradient.is_sparse() ? sparse : dense;
            kinds_and_rows[2 * i + 1] = gradient.is_sparse() ? gradient._nnz() : 0;
        }
        const at::Tensor all = gathered(backend, kinds_and_rows);
        const int64_t *of_ranks = all.const_data_ptr<int64_t>();
        std::vector<at::Tensor> dense_gradients;
        for (int64_t i = 0; i < count; ++i) {
            int64_t kind = without_gradient;
            std::vector<int64_t> rows;
            for (int64_t rank = 0; rank < backend.getSize(); ++rank) {
                kind = std::max(kind, of_ranks[2 * (rank * count + i)]);
                rows.push_back(of_ranks[2 * (rank * count + i) + 1]);
            }
            const at::Tensor &parameter = parameters[i]->value;
            at::Tensor &gradient = parameters[i]->value.mutable_grad();
            if (kind == sparse) {
                gradient = summed_rows(backend, gradient, parameter.sizes(), rows, scale);
            } else if (kind == dense && parameter.numel() > 0) {
                if (!gradient.defined()) gradient = at::zeros(parameter.sizes(), at::kFloat);
                gradient = gradient.is_sparse() ? gradient.to_dense() : gradient.contiguous();
                dense_gradients.push_back(gradient);
            }
        }
        sum_dense(backend, dense_gradients, scale);
        for (int64_t i = 0; i < count; ++i) {
            at::Tensor &gradient = parameters[i]->value.mutable_grad();
            if (gradient.defined()) gradient = gradient.to(parameters[i]->value.device());
        }
    });
}

int32_t ct_sum_doubles(ct_process_group *group, double *values, int64_t count) {
    return ct::guarded([&] {
        if (count > 0) finish(start_sum(*group->backend, at::from_blob(values, {count}, at::kDouble)));
    });
}

int32_t ct_broadcast(ct_process_group *group, ct_tensor *const *tensors, int64_t count) {
    return ct::guarded([&] {
        at::NoGradGuard no_gradients;
        check_same(*group->backend, tensors, count, 1);
        for (int64_t i = 0; i < count; ++i) {
            if (tensors[i]->value.numel() == 0) continue;
            const at::Tensor whole = tensors[i]->value.detach().cpu().contiguous();
            finish(start_broadcast(*group->backend, whole, 0));
            if (!whole.is_same(tensors[i]->value)) tensors[i]->value.detach().copy_(whole);
            // What was kept of the elements elsewhere (see ct_weights) is out of date.
            tensors[i]->value.unsafeGetTensorImpl()->bump_version();
        }
    });
}

int32_t ct_barrier(ct_process_group *group) {
    return ct::guarded([&] { finish(group->backend->barrier()); });
}
