namespace FinML.Torch;

/// <summary>An elementwise operation without its operands, so that a plan can run it again on others.</summary>
internal abstract class ElementwiseKernel(Type operation)
{
    private static readonly string[] Suffixes = ["Operation", "Function", "Relation"];

    /// <summary>The operation's type without its suffix, in lower case: ReverseSubtractOperation is
    /// "reversesubtract".</summary>
    internal string Name { get; } = NameOf(operation);

    /// <summary>output = operation(inputs), without allocating where the operands have the output's dtype.</summary>
    internal abstract void Run(Tensor[] inputs, Tensor output);

    private static string NameOf(Type type)
    {
        string name = (type.IsGenericType ? type.GetGenericArguments()[0] : type).Name;
        foreach (string suffix in Suffixes)
            name = name.EndsWith(suffix, StringComparison.Ordinal) ? name[..^suffix.Length] : name;
        return name.ToLowerInvariant();
    }
}

/// <summary>y = op(x).</summary>
internal sealed class UnaryKernel<TOp>() : ElementwiseKernel(typeof(TOp))
    where TOp : struct, IUnaryOperation
{
    internal static readonly UnaryKernel<TOp> Instance = new();

    internal override void Run(Tensor[] inputs, Tensor output)
    {
        Tensor source = inputs[0];
        if (!source.IsContiguous)
        {
            Copying.Copy(source, output);
            source = output;
        }

        if (output.dtype == ScalarType.Float32)
            TOp.Apply((ReadOnlySpan<float>)source.Span<float>(), output.Span<float>());
        else
            TOp.Apply((ReadOnlySpan<double>)source.Span<double>(), output.Span<double>());
    }
}

/// <summary>z = op(x, y), broadcasting.</summary>
internal sealed class BinaryKernel<TOp>() : ElementwiseKernel(typeof(TOp))
    where TOp : struct, IBinaryOperation
{
    internal static readonly BinaryKernel<TOp> Instance = new();

    internal override void Run(Tensor[] inputs, Tensor output) =>
        Elementwise.BinaryInto<TOp>(Name, inputs[0], inputs[1], output);
}

/// <summary>An operation of a tensor and a number.</summary>
internal interface IScalarKernel
{
    Scalar Number { get; }
}

/// <summary>z = op(x, number).</summary>
internal sealed class ScalarKernel<TOp>(Scalar number) : ElementwiseKernel(typeof(TOp)), IScalarKernel
    where TOp : struct, IBinaryOperation
{
    public Scalar Number { get; } = number;

    internal override void Run(Tensor[] inputs, Tensor output) =>
        Elementwise.ScalarInto<TOp>(Name, inputs[0], Number, output);
}

/// <summary>A relation, broadcasting, to a bool tensor.</summary>
internal sealed class CompareKernel<TOp>() : ElementwiseKernel(typeof(TOp))
    where TOp : struct, IComparison
{
    internal static readonly CompareKernel<TOp> Instance = new();

    internal override void Run(Tensor[] inputs, Tensor output) =>
        Elementwise.CompareInto<TOp>(inputs[0], inputs[1], output);
}
