namespace FinML.Torch;

/// <summary>An operation of a trace made ready to run: weights packed once, bound to memory once an instance.</summary>
/// <param name="Bind">Makes the step of one instance.</param>
/// <param name="Scratch">Floats of shared scratch that the step needs.</param>
internal sealed record PlanLowering(Func<PlanMemory, PlanStep> Bind, int Scratch = 0);

/// <summary>How each operation of a trace becomes a step.</summary>
internal static class PlanLowerings
{
    internal static PlanLowering Of(TraceOperation o) => o.Attributes switch
    {
        ElementwiseKernel kernel => new(m => new ElementwiseStep(kernel, Tensors(m, o), m[o.Output])),
        _ => o.Name switch
        {
            "copy" or "to" => Call(o, static (x, y) => Copying.Copy(x[0], y)),
            "write" => new(m => new WriteStep(
                m[o.Input], m[o.Inputs[1]!], o.Input, ((WrittenPlace)o.Attributes!).Place, m[o.Output])),
            "where" => Call(o, static (x, y) =>
            {
                Copying.Copy(x[2], y);
                MaskedOperations.Select(x[0], x[1], y);
            }),
            "clamp" => new(m => new ClampStep(m[o.Input], (Limits)o.Attributes!, m[o.Output])),
            "cat" => new(m => new CatStep(Tensors(m, o), (int)o.Attributes!, m[o.Output])),
            "pad" => new(m => new PadStep(m[o.Input], (PaddedPairs)o.Attributes!, m[o.Output])),
            "flip" => new(m => new FlipStep(m[o.Input], (int[])o.Attributes!, m[o.Output])),
            "matmul" => new(m => new MatmulStep(m[o.Inputs[0]!], m[o.Inputs[1]!], m[o.Output])),
            "gather" => new(m => new GatherStep(m[o.Input], m[o.Inputs[1]!], (int)o.Attributes!, m[o.Output])),
            "scatter" or "scatter_add" => new(m => new ScatterStep(
                o.Name == "scatter_add", m[o.Input], m[o.Inputs[1]!], m[o.Inputs[2]!], (int)o.Attributes!,
                m[o.Output])),
            "argsort" => new(m => new OrderStep(m[o.Input], (OrderedAxis)o.Attributes!, m[o.Output])),
            "index_select" => new(m => new SelectStep(m[o.Input], m[o.Inputs[1]!], (int)o.Attributes!, m[o.Output])),
            "sum" or "prod" or "argmax" or "argmin" or "amax" or "amin" => new(m =>
                new ReduceStep(o.Name, m[o.Input], (ReducedAxes)o.Attributes!, m[o.Output])),
            "cumsum" or "cumprod" or "softmax" or "log_softmax" => new(m =>
                new AlongStep(o.Name, m[o.Input], (int)o.Attributes!, m[o.Output])),
            "cummax" or "cummin" => new(m =>
                new RunningStep(o.Name == "cummax", m[o.Input], (int)o.Attributes!, m[o.Output])),
            "layer_norm" => new(m => new LayerNormStep(o, m)),
            "linear" => LinearStep.Lower(o),
            "conv1d" => Conv1dStep.Lower(o),
            "conv2d" => ConvolutionStep.Lower(o),
            "lstm" or "gru" or "rnn_tanh" or "rnn_relu" => RecurrentStep.Lower(o),
            _ when o.Name.StartsWith("linalg.", StringComparison.Ordinal) => new(m => MatrixSteps.Of(o, m)),
            _ => throw new InvalidOperationException($"compile_inference: {o} has no step in a plan."),
        },
    };

    private static PlanLowering Call(TraceOperation o, Action<Tensor[], Tensor> run) =>
        new(m => new CallStep(run, Tensors(m, o), m[o.Output]));

    private static Tensor[] Tensors(PlanMemory memory, TraceOperation o) =>
        Array.ConvertAll(o.Inputs, v => memory[v!]);
}
