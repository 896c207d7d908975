using FinML.Torch.Kernels;

namespace FinML.Torch;

/// <summary>One-dimensional convolution: one matrix product per tap on the padded input, with the weights of each tap
/// together.</summary>
internal sealed class Conv1dStep(
    Conv1dKernel shape, float[] byTap, float[] bias, PlanMemory memory, Tensor x, Tensor y) : PlanStep
{
    private readonly int inGroup = shape.InChannels / shape.Groups, outGroup = shape.OutChannels / shape.Groups;
    private readonly int padded = shape.Length + (2 * shape.Padding);

    internal static PlanLowering Lower(TraceOperation o)
    {
        Conv1dKernel shape = (Conv1dKernel)o.Attributes!;
        TraceValue weight = o.Inputs[1]!;
        if (weight.Constant is null || weight.Type != ScalarType.Float32 || o.Inputs[2] is { Constant: null })
        {
            throw new InvalidOperationException(
                $"compile_inference: {o} has weights that depend on the inputs or are not float32.");
        }

        // (out, in / groups, taps) to (groups, taps, out / groups, in / groups)
        float[] elements = LinearStep.Elements(weight), byTap = new float[elements.Length];
        int inGroup = shape.InChannels / shape.Groups, outGroup = shape.OutChannels / shape.Groups;
        for (int i = 0; i < elements.Length; i++)
        {
            int tap = i % shape.Taps, channel = i / shape.Taps % inGroup, row = i / shape.Taps / inGroup;
            int group = row / outGroup;
            byTap[(((((group * shape.Taps) + tap) * outGroup) + (row % outGroup)) * inGroup) + channel] = elements[i];
        }

        float[] bias = LinearStep.Elements(o.Inputs[2]);
        int scratch = shape.Padding == 0 ? 0 : inGroup * (shape.Length + (2 * shape.Padding));
        return new(m => new Conv1dStep(shape, byTap, bias, m, m[o.Input], m[o.Output]), scratch);
    }

    internal override void Execute()
    {
        int outLength = shape.OutLength;
        Span<float> to = y.Span<float>();
        for (int row = 0; row < shape.Batch * shape.OutChannels; row++)
            to.Slice(row * outLength, outLength).Fill(bias.Length == 0 ? 0 : bias[row % shape.OutChannels]);
        for (int i = 0; i < shape.Batch * shape.Groups; i++)
        {
            ReadOnlySpan<float> input = Input(i);
            Span<float> output = to.Slice(i * outGroup * outLength, outGroup * outLength);
            for (int tap = 0; tap < shape.Taps; tap++)
            {
                int start = ((i % shape.Groups * shape.Taps) + tap) * outGroup * inGroup;
                Gemm.MultiplyOf(
                    outGroup, outLength, inGroup, byTap.AsSpan(start, outGroup * inGroup), inGroup, 1,
                    input[(tap * shape.Dilation)..], padded, shape.Stride, output, outLength, true);
            }
        }
    }

    /// <summary>Group <paramref name="i"/> of the input, with zeros around it where there is padding.</summary>
    private ReadOnlySpan<float> Input(int i)
    {
        ReadOnlySpan<float> plain = x.Span<float>().Slice(i * inGroup * shape.Length, inGroup * shape.Length);
        if (shape.Padding == 0)
            return plain;
        Span<float> room = memory.Scratch[..(inGroup * padded)];
        room.Clear();
        for (int row = 0; row < inGroup; row++)
            plain.Slice(row * shape.Length, shape.Length).CopyTo(room[((row * padded) + shape.Padding)..]);
        return room;
    }
}

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
