namespace FinML.Torch.Tests.Additions;

public class FunctionTransformsTests
{
    private static readonly double[] XValues = [0.3, -0.7, 1.1], WValues = [0.5, 1.5];

    // f(x, w) = (sin(x0 w0) x1, exp(x2) w1^2): both derivatives by hand below.
    private static Tensor Function(Tensor[] t) =>
        torch.stack([(t[0][0] * t[1][0]).sin() * t[0][1], t[0][2].exp() * t[1][1] * t[1][1]]);

    private static double[,] JacobianX()
    {
        (double a, double b, double c) = (XValues[0], XValues[1], XValues[2]);
        (double v, double w) = (WValues[0], WValues[1]);
        return new[,] { { Math.Cos(a * v) * v * b, Math.Sin(a * v), 0 }, { 0, 0, Math.Exp(c) * w * w } };
    }

    private static double[,] JacobianW()
    {
        (double a, double b, double c) = (XValues[0], XValues[1], XValues[2]);
        (double v, double w) = (WValues[0], WValues[1]);
        return new[,] { { Math.Cos(a * v) * a * b, 0 }, { 0, Math.Exp(c) * 2 * w } };
    }

    private static Tensor[] Point() => [torch.tensor(XValues), torch.tensor(WValues)];

    [Fact]
    public void JacobianJvpAndVjpAgreeWithTheClosedForm()
    {
        Tensor[] jacobian = FunctionTransforms.jacobian(Function, Point());
        Close(JacobianX().Cast<double>(), jacobian[0]);
        Close(JacobianW().Cast<double>(), jacobian[1]);
        Assert.Equal([2L, 3L], jacobian[0].shape);

        Tensor tx = torch.tensor([1.0, -2.0, 0.5]), tw = torch.tensor([0.7, 0.2]), v = torch.tensor([0.4, -1.3]);
        (Tensor output, Tensor jvp) = FunctionTransforms.jvp(Function, Point(), [tx, tw]);
        Close(Function(Point()).data<double>().ToArray(), output);
        Close((jacobian[0].matmul(tx) + jacobian[1].matmul(tw)).data<double>().ToArray(), jvp);
        (_, Tensor[] vjp) = FunctionTransforms.vjp(Function, Point(), v);
        Close(v.matmul(jacobian[0]).data<double>().ToArray(), vjp[0]);
        Close(v.matmul(jacobian[1]).data<double>().ToArray(), vjp[1]);
        Assert.False(jvp.requires_grad || output.requires_grad || vjp[0].requires_grad);
    }

    [Fact]
    public void HessianAndHvpAgreeWithTheClosedForm()
    {
        // f = sum(x^3) + x0 x1 w0 + w0^2 w1
        Tensor Value(Tensor[] t) =>
            t[0].pow(3).sum() + (t[0][0] * t[0][1] * t[1][0]) + (t[1][0] * t[1][0] * t[1][1]);
        (double a, double b, double c) = (XValues[0], XValues[1], XValues[2]);
        (double v, double w) = (WValues[0], WValues[1]);
        Tensor[,] h = FunctionTransforms.hessian(Value, Point());
        Close([6 * a, v, 0, v, 6 * b, 0, 0, 0, 6 * c], h[0, 0]);
        Close([b, 0, a, 0, 0, 0], h[0, 1]);
        Close([b, a, 0, 0, 0, 0], h[1, 0]);
        Close([2 * w, 2 * v, 2 * v, 0], h[1, 1]);

        Tensor tx = torch.tensor([1.0, -2.0, 0.5]), tw = torch.tensor([0.7, 0.2]);
        (Tensor value, Tensor[] hvp) = FunctionTransforms.hvp(Value, Point(), [tx, tw]);
        Close([Value(Point()).ToDouble()], value);
        Close((h[0, 0].matmul(tx) + h[0, 1].matmul(tw)).data<double>().ToArray(), hvp[0]);
        Close((h[1, 0].matmul(tx) + h[1, 1].matmul(tw)).data<double>().ToArray(), hvp[1]);
    }

    [Fact]
    public void TransformsAreThemselvesDifferentiable()
    {
        Tensor[] t = [torch.tensor([1.0, -2.0, 0.5]), torch.tensor([0.7, 0.2])];
        GradCheck.Check(x => FunctionTransforms.jvp(Function, x, t, create_graph: true).jvp, Point());
        GradCheck.Check(
            x => FunctionTransforms.hvp(y => Function(y).square().sum(), x, t, create_graph: true).hvp[0], Point(),
            twice: false);
    }

    [Fact]
    public void JvpOfARecurrentModuleIsTheFiniteDifference()
    {
        var net = torch.nn.LSTM(3, 4, dtype: float64, generator: new Generator(1));
        Tensor x = torch.randn([5, 2, 3], float64, generator: new Generator(2));
        Tensor t = torch.randn([5, 2, 3], float64, generator: new Generator(3));
        Tensor Output(Tensor input) => net.call(input).Item1;
        Tensor jvp = FunctionTransforms.jvp(v => Output(v[0]), [x], [t]).jvp;
        Tensor numeric = (Output(x + (t * 1e-6)) - Output(x - (t * 1e-6))) / 2e-6;
        Assert.True((jvp - numeric).abs().max().ToDouble() < 1e-8); // truncation 1e-12, rounding 1e-10
    }

    [Fact]
    public void ConstantsAndUnusedArgumentsGiveZeros()
    {
        Tensor x = torch.tensor(XValues), w = torch.tensor(WValues), ones = torch.ones_like(x);
        Close([0, 0], FunctionTransforms.jvp(_ => w.detach(), [x], [ones]).jvp);
        Close([0, 0], FunctionTransforms.vjp(t => t[0].sum(), [x, w]).vjp[1]);
        (_, Tensor[] linear) = FunctionTransforms.hvp(t => t[0].sum(), [x], [ones]);
        Close([0, 0, 0], linear[0]);
    }

    [Fact]
    public void MistakesNameTheTransformAndTheShapes()
    {
        Tensor x = torch.ones(3, dtype: float64), two = torch.ones(2, dtype: float64);
        string Message(Action action) => Assert.Throws<ArgumentException>(action).Message;
        Assert.Contains("jvp: the tangent 0 has shape [2], expected [3]", Message(
            () => FunctionTransforms.jvp(t => t[0], [x], [two])));
        Assert.Contains("vjp: the cotangent has shape [2], expected [3]", Message(
            () => FunctionTransforms.vjp(t => t[0], [x], two)));
        Assert.Contains("hvp: the function must give one element, it gave shape [3]", Message(
            () => FunctionTransforms.hvp(t => t[0], [x], [x])));
        Assert.Contains("hessian: at least one argument", Message(
            () => FunctionTransforms.hessian(t => x.sum(), [])));
    }

    internal static void Close(IEnumerable<double> expected, Tensor actual)
    {
        double[] values = actual.data<double>().ToArray(), wanted = [.. expected];
        Assert.Equal(wanted.Length, values.Length);
        for (int i = 0; i < wanted.Length; i++)
        {
            Assert.Equal(wanted[i], values[i], 1e-12 * Math.Max(1, Math.Abs(wanted[i]))); // a few roundings
        }
    }
}
