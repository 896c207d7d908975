namespace FinML.Torch;

/// <summary>The operators of opset 17 that each traced operation becomes.</summary>
internal static class OnnxOperators
{
    private static readonly Dictionary<string, string> Unary = new()
    {
        ["abs"] = "Abs",
        ["acos"] = "Acos",
        ["acosh"] = "Acosh",
        ["asin"] = "Asin",
        ["asinh"] = "Asinh",
        ["atan"] = "Atan",
        ["atanh"] = "Atanh",
        ["ceil"] = "Ceil",
        ["cos"] = "Cos",
        ["cosh"] = "Cosh",
        ["erf"] = "Erf",
        ["exp"] = "Exp",
        ["floor"] = "Floor",
        ["log"] = "Log",
        ["relu"] = "Relu",
        ["round"] = "Round",
        ["sigmoid"] = "Sigmoid",
        ["sign"] = "Sign",
        ["sin"] = "Sin",
        ["sinh"] = "Sinh",
        ["softplus"] = "Softplus",
        ["sqrt"] = "Sqrt",
        ["tan"] = "Tan",
        ["tanh"] = "Tanh",
    };

    private static readonly Dictionary<string, string> Binary = new()
    {
        ["add"] = "Add",
        ["subtract"] = "Sub",
        ["multiply"] = "Mul",
        ["divide"] = "Div",
        ["maximum"] = "Max",
        ["minimum"] = "Min",
        ["power"] = "Pow",
        ["equal"] = "Equal",
        ["less"] = "Less",
        ["lessequal"] = "LessOrEqual",
        ["greater"] = "Greater",
        ["greaterequal"] = "GreaterOrEqual",
    };

    internal static void Write(OnnxExporter e, TraceOperation o)
    {
        if (o.Attributes is ElementwiseKernel kernel)
        {
            Elementwise(e, o, kernel);
            return;
        }

        string[] inputs = Array.ConvertAll(
            o.Inputs, v => v is null || o.Attributes is ViewKind or RecurrentShape ? "" : e[v]);
        switch (o.Name)
        {
            case "view": OnnxViews.Write(e, o); break;
            case "copy": e.Node("Identity", inputs, o.Output); break;
            case "to": e.Node("Cast", inputs, o.Output, ("to", OnnxGraph.TypeCode(o.Output.Type))); break;
            case "write": OnnxWrites.Write(e, o); break;
            case "where": e.Node("Where", inputs, o.Output); break;
            case "clamp": Clamp(e, o); break;
            case "cat": e.Node("Concat", inputs, o.Output, ("axis", Axis(o))); break;
            case "pad": Pad(e, o); break;
            case "flip": Flip(e, o); break;
            case "matmul": e.Node("MatMul", inputs, o.Output); break;
            case "gather": OnnxAlong.Gather(e, o); break;
            case "scatter" or "scatter_add": OnnxAlong.Scatter(e, o); break;
            case "unique": OnnxAlong.Unique(e, o); break;
            case "argsort": OnnxAlong.Order(e, o); break;
            case "index_select": e.Node("Gather", inputs, o.Output, ("axis", Axis(o))); break;
            case "sum" or "prod" or "amax" or "amin" or "argmax" or "argmin": Reduce(e, o); break;
            case "cumsum" or "softmax" or "log_softmax": OnnxAlong.Write(e, o); break;
            case "layer_norm": OnnxLayers.LayerNorm(e, o); break;
            case "linalg.det": e.Node("Det", inputs, o.Output); break;
            case "linear": OnnxLayers.Linear(e, o); break;
            case "conv1d" or "conv2d": OnnxLayers.Convolution(e, o); break;
            case "lstm" or "gru" or "rnn_tanh" or "rnn_relu": OnnxRecurrent.Write(e, o); break;
            default: throw Unmapped(o);
        }
    }

    private static void Elementwise(OnnxExporter e, TraceOperation o, ElementwiseKernel kernel)
    {
        string x = e[o.Input];
        string y = kernel is IScalarKernel scalar ? e.Number(scalar.Number, o.Output.Type)
            : o.Inputs.Length > 1 ? e[o.Inputs[1]!] : "";
        if (Unary.TryGetValue(kernel.Name, out string? unary))
        {
            e.Node(unary, [x], o.Output);
            return;
        }

        if (Binary.TryGetValue(kernel.Name, out string? binary))
        {
            e.Node(binary, [x, y], o.Output);
            return;
        }

        switch (kernel.Name)
        {
            case "reversesubtract": e.Node("Sub", [y, x], o.Output); break;
            case "reversedivide": e.Node("Div", [y, x], o.Output); break;
            case "notequal": e.Node("Not", [e.Node("Equal", [x, y])], o.Output); break;
            case "rsqrt": e.Node("Reciprocal", [e.Node("Sqrt", [x])], o.Output); break;
            case "log1p": e.Node("Log", [e.Node("Add", [x, e.Number(1, o.Output.Type)])], o.Output); break;
            case "expm1": e.Node("Sub", [e.Node("Exp", [x]), e.Number(1, o.Output.Type)], o.Output); break;
            case "truncate":
                e.Node("Mul", [e.Node("Sign", [x]), e.Node("Floor", [e.Node("Abs", [x])])], o.Output);
                break;
            case "log2": e.Node("Div", [e.Node("Log", [x]), e.Number(Math.Log(2), o.Output.Type)], o.Output); break;
            case "log10": e.Node("Div", [e.Node("Log", [x]), e.Number(Math.Log(10), o.Output.Type)], o.Output); break;
            case "exp2": e.Node("Pow", [e.Number(2, o.Output.Type), x], o.Output); break;
            case "erfc": e.Node("Sub", [e.Number(1, o.Output.Type), e.Node("Erf", [x])], o.Output); break;
            case "hypot":
                string squares = e.Node("Add", [e.Node("Mul", [x, x]), e.Node("Mul", [y, y])]);
                e.Node("Sqrt", [squares], o.Output);
                break;
            case "floordivide" when o.Output.Type.IsFloating():
                e.Node("Floor", [e.Node("Div", [x, y])], o.Output);
                break;
            case "fmod": e.Node("Mod", [x, y], o.Output, ("fmod", 1L)); break;
            case "remainder" when o.Output.Type.IsFloating():
                // x - floor(x / y) y: the sign of the divisor, which Mod has for integers only.
                string quotient = e.Node("Floor", [e.Node("Div", [x, y])]);
                e.Node("Sub", [x, e.Node("Mul", [quotient, y])], o.Output);
                break;
            case "remainder": e.Node("Mod", [x, y], o.Output); break;
            default: OnnxFunctions.Write(e, o, kernel.Name, x, y); break;
        }
    }

    private static void Clamp(OnnxExporter e, TraceOperation o)
    {
        Limits limits = (Limits)o.Attributes!;
        string low = limits.Min is { } min ? e.Number(min, o.Output.Type) : "";
        string[] ends = limits.Max is { } max ? [low, e.Number(max, o.Output.Type)] : [low];
        e.Node("Clip", [e[o.Input], .. ends], o.Output);
    }

    private static void Pad(OnnxExporter e, TraceOperation o)
    {
        PaddedPairs padding = (PaddedPairs)o.Attributes!;
        int n = o.Input.Sizes.Length;
        long[] ends = new long[2 * n]; // all begins, then all ends
        for (int i = 0; i < padding.Pairs.Length / 2; i++)
            (ends[n - 1 - i], ends[(2 * n) - 1 - i]) = (padding.Pairs[2 * i], padding.Pairs[(2 * i) + 1]);
        e.Node("Pad", [e[o.Input], e.Longs(ends), e.Number(padding.Value, o.Output.Type)], o.Output);
    }

    private static void Flip(OnnxExporter e, TraceOperation o)
    {
        long[] axes = [.. ((int[])o.Attributes!).Select(a => (long)a)];
        long[] All(long value) => [.. axes.Select(_ => value)];
        e.Node(
            "Slice", [e[o.Input], e.Longs(All(-1)), e.Longs(All(long.MinValue)), e.Longs(axes), e.Longs(All(-1))],
            o.Output);
    }

    private static void Reduce(OnnxExporter e, TraceOperation o)
    {
        ReducedAxes reduced = (ReducedAxes)o.Attributes!;
        long keep = reduced.KeepDim ? 1 : 0;
        ScalarType type = o.Input.Type;
        string x = e[o.Input];
        if (o.Name == "sum" && type != o.Output.Type)
            x = e.Node("Cast", [x], null, ("to", OnnxGraph.TypeCode(o.Output.Type)));
        if (o.Name == "sum")
        {
            e.Node("ReduceSum", [x, e.Longs(reduced.Axes)], o.Output, ("keepdims", keep));
            return;
        }

        if (o.Name is "argmax" or "argmin")
        {
            string search = o.Name == "argmax" ? "ArgMax" : "ArgMin";
            if (reduced.Axes.Length == 1)
            {
                e.Node(search, [x], o.Output, ("axis", reduced.Axes[0]), ("keepdims", keep));
                return;
            }

            // Over all axes: a position in the flattened tensor, without axes.
            string flat = e.Node("Reshape", [x, e.Longs(-1)]);
            e.Node(search, [flat], o.Output, ("axis", 0L), ("keepdims", 0L));
            return;
        }

        string reduce = o.Name switch { "prod" => "ReduceProd", "amax" => "ReduceMax", _ => "ReduceMin" };
        e.Node(reduce, [x], o.Output, ("axes", reduced.Axes), ("keepdims", keep));
    }

    private static long Axis(TraceOperation o) => (int)o.Attributes!;

    internal static InvalidOperationException Unmapped(TraceOperation o) =>
        new($"onnx.export: {o} has no counterpart in opset {OnnxGraph.OpsetVersion} that this exporter knows.");
}
