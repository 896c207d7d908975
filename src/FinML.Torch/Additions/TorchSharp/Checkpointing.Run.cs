namespace FinML.Torch;

public static partial class Checkpointing
{
    private static torch.Tensor[] Run(Func<torch.Tensor[], torch.Tensor[]> function, torch.Tensor[] inputs) =>
        [.. CheckpointFunction.apply([function, .. inputs])];

    /// <summary>
    /// A custom function whose backward runs the function again, recorded. What the function needs beside its inputs
    /// (parameters) gets its gradient accumulated there: use backward, not autograd.grad, and at least one input must
    /// require grad.
    /// </summary>
    private sealed class CheckpointFunction : torch.autograd.MultiTensorFunction<CheckpointFunction>
    {
        public override string Name => "checkpoint";

        public override List<torch.Tensor> forward(torch.autograd.AutogradContext ctx, params object[] vars)
        {
            var function = (Func<torch.Tensor[], torch.Tensor[]>)vars[0];
            torch.Tensor[] inputs = [.. vars.Skip(1).Cast<torch.Tensor>()];
            ctx.save_data("function", function);
            ctx.save_data("draws", torch.random.get_rng_state().data<byte>().ToArray());
            ctx.save_for_backward([.. inputs]);
            return [.. function(inputs)];
        }

        public override List<torch.Tensor> backward(
            torch.autograd.AutogradContext ctx, List<torch.Tensor> grad_outputs)
        {
            var function = (Func<torch.Tensor[], torch.Tensor[]>)ctx.get_data("function");
            torch.Tensor[] inputs =
                [.. ctx.get_saved_variables().Select(t => t.detach().requires_grad_(t.requires_grad))];
            torch.Tensor now = torch.random.get_rng_state();
            torch.random.set_rng_state(torch.tensor((byte[])ctx.get_data("draws")));
            using (torch.enable_grad())
            {
                torch.Tensor[] outputs = function(inputs);
                int[] recorded = [.. Enumerable.Range(0, outputs.Length).Where(i => outputs[i].requires_grad)];
                torch.random.set_rng_state(now);
                torch.autograd.backward(
                    [.. recorded.Select(i => outputs[i])], [.. recorded.Select(i => grad_outputs[i])]);
            }

            return [null!, .. inputs.Select(t => t.requires_grad ? t.grad! : null!)];
        }
    }
}
