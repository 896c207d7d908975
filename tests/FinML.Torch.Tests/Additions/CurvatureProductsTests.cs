namespace FinML.Torch.Tests.Additions;

public class CurvatureProductsTests
{
    [Fact]
    public void TheFisherProductOfAGaussianPolicyIsItsFisherMatrix()
    {
        // Mean w x, fixed sigma s: KL = (w x - w0 x)^2 / (2 s^2), Fisher = mean(x x^T) / s^2.
        const double sigma = 0.6;
        Tensor x = torch.randn([20, 3], float64, generator: new Generator(1));
        Tensor w = torch.randn([3], float64, generator: new Generator(2)).requires_grad_();
        Tensor mean = x.matmul(w);
        Tensor kl = ((mean - mean.detach()).square() / (2 * sigma * sigma)).mean();
        Func<Tensor, Tensor> product = CurvatureProducts.fisher_vector_product(kl, [w], damping: 0.1);
        Tensor fisher = x.t().matmul(x) / (20 * sigma * sigma);
        for (ulong seed = 3; seed < 6; seed++) // one recorded gradient serves many products
        {
            Tensor v = torch.randn([3], float64, generator: new Generator(seed));
            FunctionTransformsTests.Close((fisher.matmul(v) + (v * 0.1)).data<double>().ToArray(), product(v));
        }
    }

    [Fact]
    public void GaussNewtonIsJtHjAndEqualsTheFisherMatrixOfASoftmax()
    {
        Sequential net = torch.nn.Sequential(
            torch.nn.Linear(3, 4, dtype: float64, generator: new Generator(1)), torch.nn.Tanh(),
            torch.nn.Linear(4, 2, dtype: float64, generator: new Generator(2)));
        Tensor x = torch.randn([6, 3], float64, generator: new Generator(3));
        Tensor target = torch.tensor([0L, 1, 1, 0, 1, 0]);
        Tensor[] parameters = [.. net.parameters()];
        Tensor output = net.call(x);
        Func<Tensor, Tensor> product = CurvatureProducts.gauss_newton_vector_product(
            output, y => torch.nn.functional.cross_entropy(y, target), parameters);
        Tensor oldLog = output.detach().log_softmax(1);
        Tensor kl = (oldLog.exp() * (oldLog - output.log_softmax(1))).sum(1).mean();
        Func<Tensor, Tensor> fisher = CurvatureProducts.fisher_vector_product(kl, parameters);
        long n = parameters.Sum(p => p.numel());
        Tensor v = torch.randn([n], float64, generator: new Generator(4));
        FunctionTransformsTests.Close(fisher(v).data<double>().ToArray(), product(v));
        Assert.True((product(v) * v).sum().ToDouble() >= 0);
        Assert.All(parameters, p => Assert.Null(p.grad));
    }

    [Fact]
    public void AVectorOfTheWrongLengthIsRefused()
    {
        Tensor w = torch.ones(3, requires_grad: true);
        Func<Tensor, Tensor> product = CurvatureProducts.fisher_vector_product(w.square().sum(), [w]);
        Assert.Contains("expected", Assert.Throws<ArgumentException>(() => product(torch.ones(2))).Message
            .Replace("must have shape [3], got [2]", "expected"));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => CurvatureProducts.fisher_vector_product(w.sum(), [w], damping: -1));
    }
}
