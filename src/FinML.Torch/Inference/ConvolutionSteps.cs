using FinML.Torch.Kernels;

namespace FinML.Torch;

/// <summary>One-dimensional convolution: one matrix product per tap on the padded input, with the weights of each tap
/// together.</summary>
internal sealed class Conv1dStep : PlanStep
{
    private readonly ConvolutionKernel shape;
    private readonly float[] byTap, bias;
    private readonly PlanMemory memory;
    private readonly Tensor x, y;
    private readonly int inGroup, outGroup, padded;

    private Conv1dStep(TracedConvolution traced, float[] byTap, float[] bias, PlanMemory memory, Tensor x, Tensor y)
    {
        shape = traced.Kernel;
        (this.byTap, this.bias, this.memory, this.x, this.y) = (byTap, bias, memory, x, y);
        (inGroup, outGroup, padded) = (shape.InGroup, shape.OutGroup, Padded(traced));
    }

    internal static PlanLowering Lower(TraceOperation o)
    {
        ConvolutionStep.CheckWeights(o);
        var traced = (TracedConvolution)o.Attributes!;
        ConvolutionKernel shape = traced.Kernel;

        // (out, in / groups, taps) to (groups, taps, out / groups, in / groups)
        float[] elements = LinearStep.Elements(o.Inputs[1]), byTap = new float[elements.Length];
        int inGroup = shape.InGroup, outGroup = shape.OutGroup, taps = shape.KernelWidth;
        for (int i = 0; i < elements.Length; i++)
        {
            int tap = i % taps, channel = i / taps % inGroup, row = i / taps / inGroup, group = row / outGroup;
            byTap[(((((group * taps) + tap) * outGroup) + (row % outGroup)) * inGroup) + channel] = elements[i];
        }

        float[] bias = LinearStep.Elements(o.Inputs[2]);
        int scratch = Padded(traced) == shape.Width ? 0 : inGroup * Padded(traced);
        return new(m => new Conv1dStep(traced, byTap, bias, m, m[o.Input], m[o.Output]), scratch);
    }

    internal override void Execute()
    {
        int outLength = shape.OutWidth, taps = shape.KernelWidth;
        Span<float> to = y.Span<float>();
        for (int row = 0; row < shape.Batch * shape.OutChannels; row++)
            to.Slice(row * outLength, outLength).Fill(bias.Length == 0 ? 0 : bias[row % shape.OutChannels]);
        for (int i = 0; i < shape.Batch * shape.Groups; i++)
        {
            ReadOnlySpan<float> input = Input(i);
            Span<float> output = to.Slice(i * outGroup * outLength, outGroup * outLength);
            for (int tap = 0; tap < taps; tap++)
            {
                int start = ((i % shape.Groups * taps) + tap) * outGroup * inGroup;
                Gemm.MultiplyOf(
                    outGroup, outLength, inGroup, byTap.AsSpan(start, outGroup * inGroup), inGroup, 1,
                    input[(tap * shape.DilationWidth)..], padded, shape.StrideWidth, output, outLength, true);
            }
        }
    }

    private static int Padded(TracedConvolution traced) =>
        traced.Kernel.Width + (int)traced.Shape.Before[0] + (int)traced.Shape.After[0];

    /// <summary>Group <paramref name="i"/> of the input, with zeros around it where there is padding.</summary>
    private ReadOnlySpan<float> Input(int i)
    {
        int length = shape.Width;
        ReadOnlySpan<float> plain = x.Span<float>().Slice(i * inGroup * length, inGroup * length);
        if (padded == length)
            return plain;
        Span<float> room = memory.Scratch[..(inGroup * padded)];
        room.Clear();
        for (int row = 0; row < inGroup; row++)
            plain.Slice(row * length, length).CopyTo(room[((row * padded) + shape.PadLeft)..]);
        return room;
    }
}

/// <summary>Two-dimensional convolution, by the kernel of training.</summary>
internal sealed class ConvolutionStep(
    ConvolutionKernel kernel, float[] weight, float[] bias, Tensor x, Tensor y) : PlanStep
{
    internal static PlanLowering Lower(TraceOperation o)
    {
        CheckWeights(o);
        ConvolutionKernel kernel = ((TracedConvolution)o.Attributes!).Kernel;
        float[] weight = LinearStep.Elements(o.Inputs[1]), bias = LinearStep.Elements(o.Inputs[2]);
        return new(m => new ConvolutionStep(kernel, weight, bias, m[o.Input], m[o.Output]));
    }

    internal static void CheckWeights(TraceOperation o)
    {
        if (o.Inputs[1] is not { Constant: not null, Type: ScalarType.Float32 } || o.Inputs[2] is { Constant: null })
        {
            throw new InvalidOperationException(
                $"compile_inference: {o} has weights that depend on the inputs or are not float32.");
        }
    }

    internal override void Execute()
    {
        for (int chunk = 0; chunk < kernel.Chunks; chunk++)
            kernel.Forward<float>(chunk, x.Span<float>(), weight, bias, y.Span<float>());
    }
}
