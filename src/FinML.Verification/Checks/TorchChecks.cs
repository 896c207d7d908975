namespace FinML.Verification;

/// <summary>The tensor engine, held to closed forms.</summary>
internal static class TorchChecks
{
    internal static IReadOnlyList<ReferenceCheck> All { get; } =
    [
        new("torch.digamma", "digamma(1), the negative of Euler's constant", "OEIS A001620",
            -0.57721566490153286, 1e-14, _ => digamma(tensor(1.0)).item<double>()),
        new("torch.lgamma", "log Gamma(1/2) = log(pi) / 2", "closed form",
            0.57236494292470009, 1e-14, _ => lgamma(tensor(0.5)).item<double>()),
        new("torch.hilbert", "1 / determinant of the Hilbert matrix of order 5, condition number 4.8e5", "OEIS A005249",
            266716800000, 50, _ => 1 / linalg.det(Hilbert(5)).item<double>()),
        new("torch.double-backward", "second derivative of tanh at 1/2, by two backward passes",
            "closed form -2 tanh sech^2", -0.7268619813835873, 1e-15, _ => SecondDerivativeOfTanh(0.5)),
        new("torch.normal.entropy", "entropy of the standard normal distribution", "closed form log(2 pi e) / 2",
            1.4189385332046727, 1e-15,
            _ => distributions.Normal(tensor(0.0), tensor(1.0)).entropy().item<double>()),
    ];

    private static Tensor Hilbert(int order)
    {
        Tensor i = arange(1, order + 1, dtype: ScalarType.Float64);
        return (i.unsqueeze(1) + i.unsqueeze(0) - 1).reciprocal();
    }

    private static double SecondDerivativeOfTanh(double at)
    {
        Tensor x = tensor(at, requires_grad: true);
        Tensor slope = autograd.grad([x.tanh()], [x], retain_graph: true, create_graph: true)[0];
        return autograd.grad([slope], [x])[0].item<double>();
    }
}
