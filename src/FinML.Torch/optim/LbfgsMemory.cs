namespace FinML.Torch;

/// <summary>What L-BFGS remembers between iterations: the last changes of the parameters and of the gradient.</summary>
internal sealed class LbfgsMemory(int size)
{
    private readonly List<double[]> gradientChanges = [], steps = [];
    private readonly List<double> inverseProducts = [];
    private double scale = 1, lastStep;
    private double[] lastDirection = [], lastGradient = [];

    internal long Iterations { get; private set; }

    internal long Evaluations { get; set; }

    /// <summary>The next direction -H g, H by the two-loop recursion (Nocedal and Wright, algorithm 7.4); counts an
    /// iteration.</summary>
    internal double[] Direction(double[] gradient)
    {
        double[] q = Array.ConvertAll(gradient, g => -g);
        Iterations++;
        if (Iterations == 1)
            return q;
        TakeUp(gradient);
        double[] shares = new double[steps.Count];
        for (int i = steps.Count - 1; i >= 0; i--)
        {
            shares[i] = Dot(steps[i], q) * inverseProducts[i];
            Add(q, -shares[i], gradientChanges[i]);
        }

        for (int i = 0; i < q.Length; i++)
            q[i] *= scale;
        for (int i = 0; i < steps.Count; i++)
            Add(q, shares[i] - (Dot(gradientChanges[i], q) * inverseProducts[i]), steps[i]);
        return q;
    }

    /// <summary>The step that was taken from the point with this gradient.</summary>
    internal void Remember(double[] direction, double step, double[] gradient) =>
        (lastDirection, lastStep, lastGradient) = (direction, step, gradient);

    internal static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    internal IEnumerable<(string Name, torch.Tensor Value)> Save()
    {
        if (Iterations == 0)
            yield break;
        long n = lastDirection.Length;
        yield return ("func_evals", torch.Tensor.Of(Evaluations));
        yield return ("n_iter", torch.Tensor.Of(Iterations));
        yield return ("d", torch.tensor(lastDirection));
        yield return ("t", torch.Tensor.Of(lastStep));
        yield return ("H_diag", torch.Tensor.Of(scale));
        yield return ("prev_flat_grad", torch.tensor(lastGradient));
        yield return ("old_dirs", torch.tensor(gradientChanges.SelectMany(x => x).ToArray()).reshape(steps.Count, n));
        yield return ("old_stps", torch.tensor(steps.SelectMany(x => x).ToArray()).reshape(steps.Count, n));
    }

    /// <summary>Checks a saved state of <paramref name="n"/> elements and returns what puts it in place.</summary>
    internal Action Load(Dictionary<string, torch.Tensor> saved, int n)
    {
        if (saved.Count == 0)
            return () => Restore(0, 0, [], 0, 1, [], [], []);
        string[] names = ["func_evals", "n_iter", "d", "t", "H_diag", "prev_flat_grad", "old_dirs", "old_stps"];
        if (saved.Count != names.Length || !names.All(saved.ContainsKey))
        {
            throw new ArgumentException(
                $"the state of LBFGS must hold {string.Join(", ", names)}; got "
                + $"{string.Join(", ", saved.Keys.Order())}.");
        }

        long kept = saved["old_dirs"].dim() == 2 ? saved["old_dirs"].shape[0] : 0;
        if (kept > size)
            throw new ArgumentException($"the state of LBFGS holds {kept} changes, history_size is {size}.");
        long evaluations = Read<long>("func_evals", [])[0], iterations = Read<long>("n_iter", [])[0];
        double[] direction = Read<double>("d", [n]), gradient = Read<double>("prev_flat_grad", [n]);
        double step = Read<double>("t", [])[0], diagonal = Read<double>("H_diag", [])[0];
        double[] y = Read<double>("old_dirs", [kept, n]), s = Read<double>("old_stps", [kept, n]);
        return () => Restore(evaluations, iterations, direction, step, diagonal, gradient, y, s);

        T[] Read<T>(string name, long[] shape)
            where T : unmanaged
        {
            torch.Tensor value = saved[name];
            return Shapes.Equal(value.Sizes, shape) && value.dtype == ScalarTypes.Of<T>()
                ? value.contiguous().Span<T>().ToArray()
                : throw new ArgumentException(
                    $"the state of LBFGS must hold {name} as {ScalarTypes.Of<T>()}{Shapes.Text(shape)}, got "
                    + $"{value.dtype}{Shapes.Text(value.Sizes)}.");
        }
    }

    private static void Add(double[] x, double factor, double[] y)
    {
        for (int i = 0; i < x.Length; i++)
            x[i] += factor * y[i];
    }

    /// <summary>Adds the last change where the curvature along it is positive.</summary>
    private void TakeUp(double[] gradient)
    {
        double[] y = gradient.Zip(lastGradient, (a, b) => a - b).ToArray();
        double[] s = Array.ConvertAll(lastDirection, d => d * lastStep);
        double product = Dot(y, s);
        if (product <= 1e-10)
            return;
        if (steps.Count == size)
        {
            gradientChanges.RemoveAt(0);
            steps.RemoveAt(0);
            inverseProducts.RemoveAt(0);
        }

        gradientChanges.Add(y);
        steps.Add(s);
        inverseProducts.Add(1 / product);
        scale = product / Dot(y, y);
    }

    private void Restore(
        long evaluations, long iterations, double[] direction, double step, double diagonal, double[] gradient,
        double[] y, double[] s)
    {
        (Evaluations, Iterations, lastDirection, lastStep) = (evaluations, iterations, direction, step);
        (scale, lastGradient) = (diagonal, gradient);
        gradientChanges.Clear();
        steps.Clear();
        inverseProducts.Clear();
        int n = direction.Length;
        for (int at = 0; at < y.Length; at += n)
        {
            gradientChanges.Add(y[at..(at + n)]);
            steps.Add(s[at..(at + n)]);
            inverseProducts.Add(1 / Dot(gradientChanges[^1], steps[^1]));
        }
    }
}
