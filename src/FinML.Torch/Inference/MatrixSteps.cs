namespace FinML.Torch;

/// <summary>Linear algebra in a plan: the kernels of eager execution, on float64 copies that live as long as the plan.
/// </summary>
internal sealed class MatrixStep(
    (Tensor From, Tensor To)[] before, Action compute, (Tensor From, Tensor To)[] after) : PlanStep
{
    internal override void Execute()
    {
        foreach ((Tensor from, Tensor to) in before)
            Copying.Copy(from, to);
        compute();
        foreach ((Tensor from, Tensor to) in after)
            Copying.Copy(from, to);
    }
}

/// <summary>The steps of linear algebra.</summary>
internal static class MatrixSteps
{
    internal static PlanStep Of(TraceOperation o, PlanMemory memory)
    {
        Tensor[] inputs = Array.ConvertAll(o.Inputs, v => PlanMemory.Own(v!.Sizes, ScalarType.Float64));
        (Action compute, Tensor?[] results) = Kernel(o, inputs);
        return new MatrixStep(
            [.. inputs.Select((input, i) => (memory[o.Inputs[i]!], input))], compute,
            [.. results.Select((result, i) => (result, i)).Where(r => r.result is not null)
                .Select(r => (r.result!, memory[o.Outputs[r.i]]))]);
    }

    private static (Action Compute, Tensor?[] Results) Kernel(TraceOperation o, Tensor[] inputs)
    {
        Matrices a = Matrices.On(o.Name, inputs[0]);
        int m = a.Rows, n = a.Columns;
        switch (o.Name)
        {
            case "linalg.cholesky":
                return (() => torch.linalg.FactorCholesky(a), [inputs[0]]);
            case "linalg.solve_triangular":
                Matrices sides = Matrices.On(o.Name, inputs[1]);
                (bool upper, bool unit) = (TriangleKind)o.Attributes!;
                return (() => torch.linalg.SolveTriangles(a, sides, upper, unit), [inputs[1]]);
            case "linalg.solve":
                Matrices right = Matrices.On(o.Name, inputs[1]);
                int[] order = new int[n];
                double[] side = new double[n * right.Columns];
                return (() => torch.linalg.SolveLu(a, right, order, side), [inputs[1]]);
            case "linalg.det" or "linalg.slogdet":
                int[] rows = new int[n];
                Tensor sign = Own(a.Batch), log = Own(a.Batch), value = Own(a.Batch);
                return (
                    () => torch.linalg.MultiplyPivots(a, rows, sign, log, value),
                    o.Name == "linalg.det" ? [value] : [sign, log]);
            case "linalg.qr":
                int k = (int)o.Outputs[0].Sizes[^1];
                Matrices q = New(o, 0);
                double[] reflectors = new double[HouseholderQr.RoomFor(m, n, k)];
                Tensor r = PlanMemory.View(inputs[0], o.Outputs[1].Sizes, inputs[0].Strides, inputs[0].Offset);
                return (() => torch.linalg.FactorQr(a, q, reflectors), [q.Values, r]);
            case "linalg.eigh":
                char triangle = ((string)o.Attributes!)[0];
                Matrices values = Matrices.On(o.Name, Own([.. a.Batch, 1, n])), vectors = New(o, 1);
                Tensor line = PlanMemory.View(values.Values, o.Outputs[0].Sizes, Steps(o.Outputs[0].Sizes), 0);
                return (() => torch.linalg.FactorEigen(a, triangle, values, vectors), [line, vectors.Values]);
            case "linalg.svd":
                int least = Math.Min(m, n);
                Matrices u = New(o, 0), s = Matrices.On(o.Name, Own([.. a.Batch, 1, least])), vh = New(o, 2);
                Tensor singular = PlanMemory.View(s.Values, o.Outputs[1].Sizes, Steps(o.Outputs[1].Sizes), 0);
                double[] room = new double[torch.linalg.RoomForSvd(m, n)];
                return (() => torch.linalg.FactorSvd(a, u, s, vh, room), [u.Values, singular, vh.Values]);
            case "linalg.matrix_exp":
                MatrixExponential exponential = new(n);
                Matrices result = New(o, 0);
                return (() => exponential.Run(a, result), [result.Values]);
            default:
                throw new InvalidOperationException($"compile_inference: {o} has no step in a plan.");
        }
    }

    private static Tensor Own(long[] sizes) => PlanMemory.Own(sizes, ScalarType.Float64);

    private static Matrices New(TraceOperation o, int output) => Matrices.On(o.Name, Own(o.Outputs[output].Sizes));

    private static long[] Steps(long[] sizes) => Shapes.ContiguousStrides(sizes);
}
