using System.Reflection;
using System.Runtime.CompilerServices;

namespace FinML.Torch.Tests.Ops;

/// <summary>
/// Every public operation on tensors, called with arguments that fit badly: disposed tensors, shapes that do not go
/// together, dtypes it has no form for. It gives a result or an exception that names it; nothing else escapes.
/// </summary>
public class MisuseTests
{
    public static TheoryData<string> Operations => [.. Methods().Select(Signature).Distinct()];

    [Theory]
    [MemberData(nameof(Operations))]
    public void ADisposedTensorIsNamedAsSuch(string signature)
    {
        MethodInfo method = Find(signature);
        foreach (int position in TensorPositions(method))
        {
            if (position >= 0 && method.Name is "view_as" or "expand_as")
            {
                continue; // only the shape of the other is asked for
            }

            Tensor[] pool = [Disposed(3, 3), torch.rand(3, 3)];
            object? result = null;
            Exception? error = Call(method, at => at == position ? pool[0] : pool[1], value => result = value);
            if (ReferenceEquals(result, pool[0]))
            {
                continue; // given back as it is
            }

            Assert.True(error is not null, $"{signature} read a disposed tensor at {position}");
            AssertTelling(signature, method, error);
        }
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void WhateverTheArgumentsAreTheErrorIsTelling(string signature)
    {
        MethodInfo method = Find(signature);
        foreach (Tensor first in Pool())
        {
            foreach (Tensor other in TensorPositions(method).Skip(1).Any() ? Pool() : [first])
            {
                int[] positions = [.. TensorPositions(method)];
                Exception? error = Call(method, at => at == positions[0] ? first : other);
                if (error is not null)
                {
                    AssertTelling(
                        $"{signature} of {first.dtype}[{string.Join(", ", first.shape)}] and {other.dtype}"
                        + $"[{string.Join(", ", other.shape)}]", method, error);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void ShapesThatDoNotFitAreBothInTheMessage(string signature)
    {
        MethodInfo method = Find(signature);
        int[] positions = [.. TensorPositions(method)];
        if (positions.Length != 2)
        {
            return;
        }

        Tensor first = torch.rand(2, 3), other = torch.rand(4, 5);
        Exception? error = Call(method, at => at == positions[0] ? first : other);
        if (error is ArgumentException && error.Message.Contains("[2, 3]") && !error.Message.Contains("must be Bool")
            && !error.Message.Contains("needs integers"))
        {
            Assert.Contains("[4, 5]", error.Message);
        }
    }

    private static void AssertTelling(string what, MethodInfo method, Exception error)
    {
        Assert.True(
            error is ArgumentException or InvalidOperationException, $"{what}: {error.GetType().Name}: {error}");
        if (error is ArgumentOutOfRangeException { ParamName: { Length: > 0 } } number
            && error.Message.StartsWith(number.ParamName, StringComparison.Ordinal))
        {
            return; // a number out of its range, named
        }

        int colon = error.Message.IndexOf(':');
        string named = colon < 0 ? "" : error.Message[..colon];
        named = named.StartsWith("linalg.", StringComparison.Ordinal) ? named["linalg.".Length..] : named;
        Assert.True(
            named == method.Name || Names.Contains(named), $"{what}: the message names no operation: {error.Message}");
    }

    // An operation that is made of others may be named by the one that failed.
    private static readonly HashSet<string> Names =
    [
        .. new[] { typeof(Tensor), typeof(torch), typeof(torch.linalg), typeof(torch.nn.functional) }
            .SelectMany(t => t.GetMethods()).Select(m => m.Name),
        "index", "attention", // the indexer; the kernel of scaled_dot_product_attention
    ];

    private static Tensor[] Pool() =>
    [
        torch.rand(2, 3), torch.rand(4, 5), torch.rand([], float32), torch.zeros(0, 3), torch.rand([2, 3], float64),
        torch.ones([2, 3], int64), torch.ones([3], int32), torch.ones([2, 3], torch.@bool),
        torch.ones([2, 3], bfloat16), torch.rand(2, 3).t(), torch.tensor([-1L, 7]), torch.full([2, 3], double.NaN),
    ];

    private static IEnumerable<MethodInfo> Methods()
    {
        const BindingFlags flags = BindingFlags.Public | BindingFlags.DeclaredOnly;
        return typeof(Tensor).GetMethods(flags | BindingFlags.Instance)
            .Concat(typeof(torch).GetMethods(flags | BindingFlags.Static))
            .Concat(typeof(torch.nn.functional).GetMethods(flags | BindingFlags.Static))
            .Where(m => !m.IsSpecialName && !m.IsGenericMethod && m.GetBaseDefinition() == m
                && !m.IsDefined(typeof(CompilerGeneratedAttribute))
                && !Harmless.Contains(m.Name) && TensorPositions(m).Any()
                && m.GetParameters().All(p => p.ParameterType == typeof(Tensor) || Example(p) != DBNull.Value));
    }

    // They look at the handle, not at the elements.
    private static readonly HashSet<string> Harmless =
    [
        "Dispose", "DetachFromDisposeScope", "MoveToOuterDisposeScope", "dim", "numel", "size", "stride",
        "storage_offset", "is_contiguous", "ToString", "str", "print", "GetHashCode", "GetType", "Equals", "cpu",
        "retain_grad", "requires_grad_", "detach_", "isreal",
    ];

    /// <summary>-1 for the tensor whose method it is.</summary>
    private static IEnumerable<int> TensorPositions(MethodInfo method)
    {
        if (!method.IsStatic)
        {
            yield return -1;
        }

        foreach (ParameterInfo parameter in method.GetParameters())
        {
            if (parameter.ParameterType == typeof(Tensor) && !parameter.HasDefaultValue)
            {
                yield return parameter.Position;
            }
        }
    }

    private static Exception? Call(MethodInfo method, Func<int, Tensor> tensor, Action<object?>? take = null)
    {
        object?[] arguments = [.. method.GetParameters().Select(
            p => p.ParameterType == typeof(Tensor) && !p.HasDefaultValue ? tensor(p.Position) : Example(p))];
        try
        {
            object? result = method.Invoke(method.IsStatic ? null : tensor(-1), arguments);
            take?.Invoke(result);
            return null;
        }
        catch (TargetInvocationException error)
        {
            return error.InnerException;
        }
    }

    private static object? Example(ParameterInfo parameter)
    {
        Type type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        return parameter.HasDefaultValue ? parameter.DefaultValue is DBNull ? null : parameter.DefaultValue
            : type == typeof(Scalar) ? (Scalar)2
            : type == typeof(long) ? 0L
            : type == typeof(int) ? 0
            : type == typeof(double) ? 0.5
            : type == typeof(float) ? 0.5f
            : type == typeof(bool) ? true
            : type == typeof(long[]) ? new long[] { 0 }
            : type == typeof(ScalarType) ? float64
            : DBNull.Value;
    }

    private static MethodInfo Find(string signature) => Methods().First(m => Signature(m) == signature);

    private static string Signature(MethodInfo method) =>
        $"{method.DeclaringType!.Name}.{method.Name}"
        + $"({string.Join(", ", method.GetParameters().Select(p => p.ParameterType.Name))})";

    private static Tensor Disposed(params long[] shape)
    {
        Tensor tensor = torch.rand(shape);
        tensor.Dispose();
        return tensor;
    }
}
