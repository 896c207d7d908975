namespace FinML.Torch;

/// <summary>Functions of two operands that are several operators.</summary>
internal static class OnnxFunctions
{
    internal static void Write(OnnxExporter e, TraceOperation o, string name, string x, string y)
    {
        ScalarType type = o.Output.Type;
        string Number(double value) => e.Number(value, type);
        switch (name)
        {
            case "logaddexp":
                // max + softplus(-|x - y|); equal infinities are themselves.
                string distance = e.Node("Mul", [e.Node("Abs", [e.Node("Sub", [x, y])]), Number(-1)]);
                string sum = e.Node("Add", [e.Node("Max", [x, y]), e.Node("Softplus", [distance])]);
                string twice = e.Node("Add", [x, Number(Math.Log(2))]);
                e.Node("Where", [e.Node("Equal", [x, y]), twice, sum], o.Output);
                break;
            case "xlogy":
                string atZero = e.Node("Where", [e.Node("Equal", [y, y]), Number(0), y]);
                string product = e.Node("Mul", [x, e.Node("Log", [y])]);
                e.Node("Where", [e.Node("Equal", [x, Number(0)]), atZero, product], o.Output);
                break;
            case "copysign":
                // The sign of a zero is that of its reciprocal.
                string signed = e.Node("Where", [e.Node("Equal", [y, Number(0)]), e.Node("Reciprocal", [y]), y]);
                string size = e.Node("Abs", [x]);
                string below = e.Node("Less", [signed, Number(0)]);
                e.Node("Where", [below, e.Node("Mul", [size, Number(-1)]), size], o.Output);
                break;
            case "atan2":
                // Signs of zeros are not seen, and two infinities give NaN.
                string half = e.Node("Where", [e.Node("Less", [x, Number(0)]), Number(-Math.PI), Number(Math.PI)]);
                string turned = e.Node("Where", [e.Node("Less", [y, Number(0)]), half, Number(0)]);
                string angle = e.Node("Add", [e.Node("Atan", [e.Node("Div", [x, y])]), turned]);
                string upright = e.Node("Mul", [e.Node("Sign", [x]), Number(Math.PI / 2)]);
                e.Node("Where", [e.Node("Equal", [y, Number(0)]), upright, angle], o.Output);
                break;
            default:
                throw OnnxOperators.Unmapped(o);
        }
    }
}
