using static TorchSharp.torch;

namespace ZfDecl.Training.DataParallel;

/// <summary>The identity, which shows the gradient that comes back through it. By then the layer that takes its output has the gradients of its own parameters.</summary>
internal sealed class GradientTap : autograd.SingleTensorFunction<GradientTap>
{
    public override string Name => nameof(GradientTap);

    /// <summary>Passes a tensor on.</summary>
    /// <param name="x">Of any shape; it takes part in the gradient.</param>
    /// <param name="see">Is shown its gradient in the backward pass, without gradients of that.</param>
    /// <returns>The same values.</returns>
    internal static Tensor Of(Tensor x, Action<Tensor> see) => apply(x, see);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        ctx.save_data("see", vars[1]);
        return ((Tensor)vars[0]).detach().clone();            // else the graph would go past this step
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        using var noGrad = no_grad();
        ((Action<Tensor>)ctx.get_data("see"))(grad_output);
        return [grad_output.clone(), null!];
    }
}
