#include "guard.hpp"

#include <ATen/core/ivalue.h>
#include <torch/csrc/autograd/custom_function.h>

namespace {

/// A function of the caller's, released when the last node of the tape that needs it is gone.
struct Body : torch::CustomClassHolder {
    ct_function function;
    void *context;
    ct_release release_context;

    Body(ct_function function, void *context, ct_release release)
        : function(function), context(context), release_context(release) {}
    ~Body() override { release_context(context); }

    at::Tensor operator()(const at::Tensor &input) const {
        ct_tensor *output = nullptr;
        TORCH_CHECK(
            function(context, ct::owned(input), &output) == CT_OK && output != nullptr,
            "a function that was to be computed again gave no tensor");
        at::Tensor value = output->value;
        ct_tensor_free(output);
        return value;
    }
};

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

struct Recomputed : torch::autograd::Function<Recomputed> {
    static at::Tensor forward(AutogradContext *context, const at::Tensor &input, c10::intrusive_ptr<Body> body) {
        context->save_for_backward({input});
        context->saved_data["body"] = c10::IValue::make_capsule(body);
        const ct::ComputedAgain again;
        return (*body)(input);
    }

    static variable_list backward(AutogradContext *context, variable_list gradients) {
        const auto body = c10::static_intrusive_pointer_cast<Body>(context->saved_data["body"].toCapsule());
        // A tape of its own: its backward pass adds to the parameters' gradients where they are.
        at::AutoGradMode recording(true);
        const at::Tensor input = context->get_saved_variables()[0].detach().requires_grad_(true);
        (*body)(input).backward(gradients[0]);
        return {input.grad(), at::Tensor()};
    }
};

}  // namespace

int32_t ct_recomputed(
    const ct_tensor *input, ct_function function, void *context, ct_release release, ct_tensor **out) {
    return ct::guarded([&] {
        const auto body = c10::make_intrusive<Body>(function, context, release);
        // Off the tape nothing is kept anyway; without a gradient by the input, no parameter would get one.
        const bool is_recorded = at::GradMode::is_enabled() && input->value.requires_grad();
        *out = ct::owned(is_recorded ? Recomputed::apply(input->value, body) : (*body)(input->value));
    });
}
