using System.Reflection;

namespace FinML.Torch.Tests.Ops;

/// <summary>Every in-place operation writes what its out-of-place form returns, and has its gradients.</summary>
public class InPlaceTests
{
    // Those that write other than by arithmetic: they draw numbers, or have a table line of their own.
    private static readonly string[] Others =
        ["bernoulli_", "normal_", "uniform_", "detach_", "requires_grad_", "copy_", "fill_", "zero_", "index_put_"];

    public static TheoryData<string> Names =>
        [.. Methods().Select(method => method.Name).Distinct().Where(name => !Others.Contains(name)).Order()];

    [Theory]
    [MemberData(nameof(Names))]
    public void AnInPlaceFormIsItsOutOfPlaceForm(string name)
    {
        int compared = 0;
        foreach (MethodInfo written in Methods().Where(method => method.Name == name))
        {
            Type[] types = [.. written.GetParameters().Select(p => p.ParameterType)];
            MethodInfo? pure = typeof(Tensor).GetMethod(name[..^1], types);
            if (pure is null)
                continue;
            (double[] values, double[] gradients) = Run(pure, x => x);
            (double[] others, double[] theirs) = Run(written, x => x.clone());
            (double[] strided, double[] spaced) = Run(written, x => x.t().clone().t());
            Assert.Equal(values, others);
            Assert.Equal(gradients, theirs);
            Assert.Equal(values, strided);
            Assert.Equal(gradients, spaced);
            compared++;
        }

        Assert.True(compared > 0, $"{name} has no out-of-place form with the same parameters");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ALeafThatRequiresGradIsNotWritten(string name)
    {
        foreach (MethodInfo written in Methods().Where(method => method.Name == name && !OfIntegers(name)))
        {
            Exception? error = Record.Exception(() => Run(written, x => x));
            Assert.IsType<InvalidOperationException>(error?.InnerException);
        }
    }

    private static bool OfIntegers(string name) =>
        name is "gcd_" or "lcm_" or "gcd" or "lcm" || name.StartsWith("bitwise", StringComparison.Ordinal);

    private static IEnumerable<MethodInfo> Methods() => typeof(Tensor)
        .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        .Where(method => method.Name.EndsWith('_') && method.ReturnType == typeof(Tensor));

    private static (double[] Values, double[] Gradients) Run(MethodInfo method, Func<Tensor, Tensor> prepare)
    {
        Tensor x = Sample.Plus(3, 3).Make(1).mul(0.5).requires_grad_(); // in (0.25, 0.75): inside every domain
        if (OfIntegers(method.Name))
            x = x.detach().mul(40).to(int64);
        object?[] arguments = [.. method.GetParameters().Select((p, i) => Argument(method.Name, p, i))];
        Tensor y = (Tensor)method.Invoke(prepare(x), arguments)!;
        double[] values = y.detach().to(float64).data<double>().ToArray();
        List<Tensor> sources = [x, .. arguments.OfType<Tensor>().Where(t => t.requires_grad)];
        if (!y.requires_grad)
            return (values, [.. sources.SelectMany(t => new double[t.numel()])]);
        IList<Tensor> gradients = autograd.grad([y.mul(Sample.Any(3, 3).Make(9)).sum()], sources, allow_unused: true);
        return (values, [.. gradients.Zip(sources, Values).SelectMany(g => g)]);
    }

    private static double[] Values(Tensor? gradient, Tensor source) =>
        gradient is null ? new double[source.numel()] : gradient.data<double>().ToArray();

    private static object? Argument(string method, ParameterInfo parameter, int position)
    {
        Type type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        if (type == typeof(Tensor))
        {
            return parameter.Name switch
            {
                "index" when method.StartsWith("scatter", StringComparison.Ordinal) =>
                    torch.tensor([0L, 2, 1, 1, 0, 2, 2, 1, 0], [3, 3]),
                "index" => torch.tensor([2L, 0, 1]),
                "mask" => Sample.Any(3, 3).Make(5).gt(0),
                "mat1" or "mat2" => Sample.Any(3, 3).Make(position + 2).requires_grad_(),
                "vec" or "vec1" or "vec2" => Sample.Any(3).Make(position + 2).requires_grad_(),
                "batch1" or "batch2" => Sample.Any(2, 3, 3).Make(position + 2).requires_grad_(),
                _ when OfIntegers(method) => torch.tensor([3L, 4, 6]),
                _ => Sample.Plus(3, 3).Make(position + 2).requires_grad_(),
            };
        }

        if (parameter.HasDefaultValue && parameter.DefaultValue is not null)
            return parameter.DefaultValue;
        double number = 0.375 + (position * 0.25);
        return type == typeof(Scalar) ? (Scalar)number
            : type == typeof(double) ? number
            : type == typeof(float) ? (float)number
            : type == typeof(bool) ? false
            : type == typeof(RoundingMode) ? RoundingMode.None
            : (object)1L;
    }
}
