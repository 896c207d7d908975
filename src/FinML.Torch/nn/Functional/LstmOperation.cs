using System.Numerics;
using FinML.Torch.Kernels;

namespace FinML.Torch;

/// <summary>One layer of long short-term memory over a whole sequence, time-major, in one node.</summary>
internal sealed class LstmOperation(int steps, int batch) : FusedOperation("lstm")
{
    protected override int ExtraCount => 4;

    internal override object TraceAttributes => new RecurrentShape(steps, batch, Reverse: false);

    /// <summary>x (steps, batch, in), h and c (batch, hidden), W_ih (4 hidden, in), W_hh (4 hidden, hidden), biases
    /// (4 hidden) or both null. Gives the outputs (steps, batch, hidden) and the last h and c.</summary>
    internal static (torch.Tensor Output, torch.Tensor H, torch.Tensor C) Apply(
        torch.Tensor x, torch.Tensor h, torch.Tensor c, torch.Tensor inputWeight, torch.Tensor hiddenWeight,
        torch.Tensor? inputBias, torch.Tensor? hiddenBias)
    {
        FloatingTypes.Check("lstm", x, h, c, inputWeight, hiddenWeight, inputBias, hiddenBias);
        torch.Tensor?[] inputs =
        [
            x.contiguous(), h.contiguous(), c.contiguous(), inputWeight.contiguous(), hiddenWeight.contiguous(),
            inputBias?.contiguous(), hiddenBias?.contiguous(),
        ];
        long steps = x.Sizes[0], batch = x.Sizes[1], hidden = h.Sizes[1];
        torch.Tensor gates = torch.Tensor.Uninitialized([steps, batch, 4 * hidden], x.dtype);
        torch.Tensor hs = torch.Tensor.Uninitialized([steps + 1, batch, hidden], x.dtype), cs = Like(hs);
        torch.Tensor tanhC = torch.Tensor.Uninitialized([steps, batch, hidden], x.dtype), output = Like(tanhC);
        torch.Tensor lastH = Like(inputs[1]!), lastC = Like(inputs[2]!);
        if (x.dtype == torch.ScalarType.Float32)
            Forward<float>(inputs, gates, hs, cs, tanhC, output, lastH, lastC);
        else
            Forward<double>(inputs, gates, hs, cs, tanhC, output, lastH, lastC);
        if (Node.Needed(inputs))
            new LstmOperation((int)steps, (int)batch).Record(inputs, [gates, hs, cs, tanhC], [output, lastH, lastC]);
        else
            Release([gates, hs, cs, tanhC]);
        return (output, lastH, lastC);
    }

    protected override torch.Tensor[] Compose(torch.Tensor?[] inputs)
    {
        torch.Tensor x = inputs[0]!, h = inputs[1]!, c = inputs[2]!;
        torch.Tensor inputWeight = inputs[3]!.t(), hiddenWeight = inputs[4]!.t();
        long steps = x.Sizes[0], hidden = h.Sizes[1];
        var outputs = new torch.Tensor[steps];
        for (int t = 0; t < steps; t++)
        {
            torch.Tensor z = torch.matmul(x.select(0, t), inputWeight) + torch.matmul(h, hiddenWeight);
            if (inputs[5] is not null)
                z = z + inputs[5]! + inputs[6]!;
            torch.Tensor i = z.narrow(1, 0, hidden).sigmoid(), f = z.narrow(1, hidden, hidden).sigmoid();
            torch.Tensor g = z.narrow(1, 2 * hidden, hidden).tanh(), o = z.narrow(1, 3 * hidden, hidden).sigmoid();
            c = (f * c) + (i * g);
            h = o * c.tanh();
            outputs[t] = h;
        }

        return [torch.stack(outputs, 0), h, c];
    }

    protected override void Backward<T>(
        Node node, torch.Tensor?[] inputs, torch.Tensor[] extras, torch.Tensor?[] g, torch.Tensor?[] d)
    {
        torch.Tensor x = inputs[0]!, gates = extras[0], hs = extras[1];
        int steps = (int)x.Sizes[0], batch = (int)x.Sizes[1], features = (int)x.Sizes[2];
        int hidden = (int)inputs[1]!.Sizes[1], width = 4 * hidden, rows = steps * batch;
        torch.Tensor dOutput = g[0] ?? ZeroLike(extras[3]);
        torch.Tensor dGates = Like(gates);
        d[1] = g[1]?.clone() ?? ZeroLike(inputs[1]!);
        d[2] = g[2]?.clone() ?? ZeroLike(inputs[2]!);
        LstmKernel.Backward<T>(
            steps, batch, hidden, inputs[4]!.Span<T>(), gates.Span<T>(), extras[2].Span<T>(), extras[3].Span<T>(),
            dOutput.Span<T>(), dGates.Span<T>(), d[1]!.Span<T>(), d[2]!.Span<T>());
        ReadOnlySpan<T> dz = dGates.Span<T>();
        if (node.Needs(0))
        {
            d[0] = Like(x);
            Gemm.MultiplyOf<T>(
                rows, features, width, dz, width, 1, inputs[3]!.Span<T>(), features, 1, d[0]!.Span<T>(),
                features, false);
        }

        if (node.Needs(3))
        {
            d[3] = Like(inputs[3]!);
            Gemm.MultiplyOf<T>(
                width, features, rows, dz, 1, width, x.Span<T>(), features, 1, d[3]!.Span<T>(), features, false);
        }

        if (node.Needs(4))
        {
            // The h that step s started from lies in slot s.
            d[4] = Like(inputs[4]!);
            Gemm.MultiplyOf<T>(
                width, hidden, rows, dz, 1, width, hs.Span<T>(), hidden, 1, d[4]!.Span<T>(), hidden, false);
        }

        for (int i = 5; i <= 6; i++)
        {
            if (node.Needs(i))
            {
                d[i] = ZeroLike(inputs[i]!);
                VectorSum.AddRows(dz, d[i]!.Span<T>());
            }
        }

        d[1] = node.Needs(1) ? d[1] : null;
        d[2] = node.Needs(2) ? d[2] : null;
    }

    private static void Forward<T>(
        torch.Tensor?[] inputs, torch.Tensor gates, torch.Tensor hs, torch.Tensor cs, torch.Tensor tanhC,
        torch.Tensor output, torch.Tensor lastH, torch.Tensor lastC)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        torch.Tensor x = inputs[0]!;
        int steps = (int)x.Sizes[0], batch = (int)x.Sizes[1], features = (int)x.Sizes[2];
        int hidden = (int)inputs[1]!.Sizes[1], width = 4 * hidden, state = batch * hidden;
        Span<T> z = gates.Span<T>(), h = hs.Span<T>(), c = cs.Span<T>();
        if (inputs[5] is not null)
        {
            Span<T> first = z[..(batch == 0 || steps == 0 ? 0 : width)];
            ReadOnlySpan<T> b1 = inputs[5]!.Span<T>(), b2 = inputs[6]!.Span<T>();
            for (int j = 0; j < first.Length; j++)
                first[j] = b1[j] + b2[j];
            for (int row = 1; row < steps * batch; row++)
                first.CopyTo(z[(row * width)..]);
        }

        Gemm.MultiplyOf<T>(
            steps * batch, width, features, x.Span<T>(), features, 1, inputs[3]!.Span<T>(), 1, features, z, width,
            inputs[5] is not null);
        inputs[1]!.Span<T>().CopyTo(h);
        inputs[2]!.Span<T>().CopyTo(c);
        LstmKernel.Forward<T>(steps, batch, hidden, inputs[4]!.Span<T>(), z, h, c, tanhC.Span<T>());
        h[state..].CopyTo(output.Span<T>());
        h.Slice(steps * state, state).CopyTo(lastH.Span<T>());
        c.Slice(steps * state, state).CopyTo(lastC.Span<T>());
    }
}
