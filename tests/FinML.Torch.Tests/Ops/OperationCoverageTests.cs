using System.Reflection;

namespace FinML.Torch.Tests.Ops;

/// <summary>The table is complete: a public method that makes tensors of tensors stands in it, or here with the reason
/// why not.</summary>
public class OperationCoverageTests
{
    private static readonly Dictionary<string, string[]> Exempt = new()
    {
        ["the result is no function of the elements: creation"] =
        [
            "zeros_like", "ones_like", "empty_like", "full_like", "rand_like", "randn_like", "randint_like",
            "detach", "zero_", "as_tensor", "new_empty", "new_full", "new_ones", "new_zeros",
        ],
        ["the result is random"] = ["bernoulli", "multinomial", "normal", "normal_", "uniform_"],
        ["the result is integer or bool"] =
        [
            "eq", "ne", "lt", "le", "gt", "ge", "logical_and", "logical_or", "logical_not", "logical_xor", "isnan",
            "isinf", "isfinite", "argmax", "argmin", "argsort", "nonzero", "argwhere", "nonzero_as_list", "all", "any",
            "not_equal", "less", "less_equal", "greater", "greater_equal", "isclose", "isin", "isposinf", "isneginf",
            "isreal", "signbit", "bitwise_and", "bitwise_or", "bitwise_xor", "bitwise_not", "bitwise_left_shift",
            "bitwise_right_shift", "gcd", "lcm", "count_nonzero", "bincount", "histc",
            "bucketize", "searchsorted", "matrix_rank",
        ],
        ["no gradient in PyTorch either"] = ["floor_divide", "heaviside"],
        ["always float64: its values stand in DtypeTests"] = ["float_power"],
        ["a conversion by to(), or the tensor itself"] =
        [
            "to_type", "type_as", "float", "double", "bfloat16", "long", "int", "bool", "cpu", "requires_grad_",
            "alias", "MoveToOuterDisposeScope", "DetachFromDisposeScope", "print",
        ],
        ["an accessor"] = ["Item", "grad"],
    };

    [Fact]
    public void EveryPublicOperationStandsInTheTable()
    {
        HashSet<string> known = [.. Exempt.Values.SelectMany(names => names)];
        known.UnionWith(OperationTable.All.Values.Select(one => one.Method));
        IEnumerable<string> missing = Operations().Where(name => !known.Contains(name) && !IsTwin(name));
        Assert.Empty(missing);
    }

    [Fact]
    public void NoExemptionIsLeftOver()
    {
        HashSet<string> there = [.. Operations()];
        Assert.Subset(there, Exempt.Values.SelectMany(names => names).ToHashSet());
    }

    /// <summary>Public methods from tensors to tensors, by name.</summary>
    private static IEnumerable<string> Operations() => new[] { typeof(Tensor), typeof(torch), typeof(torch.linalg) }
        .SelectMany(type => type.GetMethods(
            BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
        .Where(method => (!method.IsSpecialName || method.Name.StartsWith("get_", StringComparison.Ordinal))
            && MakesTensors(method.ReturnType)
            && (!method.IsStatic || method.GetParameters().Any(p => MakesTensors(p.ParameterType))))
        .Select(method => method.IsSpecialName ? method.Name[4..] : method.Name)
        .Distinct()
        .Order();

    /// <summary>In-place forms are held to their out-of-place forms by InPlaceTests.</summary>
    private static bool IsTwin(string name) =>
        name.EndsWith('_') && typeof(Tensor).GetMember(name[..^1]).Length > 0;

    private static bool MakesTensors(Type type) => type == typeof(Tensor)
        || (type.IsArray && type.GetElementType() == typeof(Tensor))
        || (type.IsGenericType && type.GetGenericArguments().Any(MakesTensors));
}
