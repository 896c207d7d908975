using FinML.Torch.Kernels;

namespace FinML.Torch;

/// <summary>One recurrent layer over sequences of one length, time-major.</summary>
internal sealed class RecurrentStep : PlanStep
{
    private readonly RecurrentInference layer;
    private readonly RecurrentShape shape;
    private readonly PlanMemory memory;
    private readonly Tensor x, h0, output, h;
    private readonly Tensor? c0, c;

    private RecurrentStep(RecurrentInference layer, TraceOperation o, PlanMemory memory)
    {
        (this.layer, this.memory, shape) = (layer, memory, (RecurrentShape)o.Attributes!);
        (x, h0, output, h) = (memory[o.Input], memory[o.Inputs[1]!], memory[o.Outputs[0]], memory[o.Outputs[1]]);
        if (o.Outputs.Length > 2)
            (c0, c) = (memory[o.Inputs[2]!], memory[o.Outputs[2]]);
    }

    internal static PlanLowering Lower(TraceOperation o)
    {
        if (o.Inputs[3..].Any(w => w is { Constant: null } or { Type: not ScalarType.Float32 }))
        {
            throw new InvalidOperationException(
                $"compile_inference: {o} has weights that depend on the inputs or are not float32.");
        }

        RecurrentShape shape = (RecurrentShape)o.Attributes!;
        RecurrentFormula cell = o.Name switch
        {
            "lstm" => RecurrentFormula.Lstm,
            "gru" => RecurrentFormula.Gru,
            "rnn_tanh" => RecurrentFormula.Tanh,
            _ => RecurrentFormula.Relu,
        };
        float[][] weights = Array.ConvertAll(o.Inputs[3..], LinearStep.Elements);
        RecurrentInference layer = new(
            cell, (int)o.Input.Sizes[^1], (int)o.Inputs[1]!.Sizes[1], weights[0], weights[1], weights[2], weights[3]);
        return new(m => new RecurrentStep(layer, o, m), layer.ScratchLength(shape.Steps, shape.Batch));
    }

    internal override void Execute()
    {
        Span<float> cells = c is null ? [] : c.Span<float>();
        if (c is not null)
            Copying.Copy(c0!, c);
        layer.Run(
            shape.Steps, shape.Batch, shape.Reverse, x.Span<float>(), h0.Span<float>(), output.Span<float>(),
            h.Span<float>(), cells, memory.Scratch);
    }
}
