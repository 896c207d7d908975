using Distribution = TorchSharp.torch.distributions.Distribution;

namespace FinML.Torch;

/// <summary>The Kullback-Leibler divergence of two distributions, E_p[log p - log q], where it has a formula in what
/// TorchSharp shows of its distributions: means, variances and probabilities.</summary>
public static class KullbackLeibler
{
    /// <summary>KL(p || q), of the batch shape.</summary>
    /// <exception cref="NotSupportedException">There is no formula for the pair.</exception>
    public static torch.Tensor kl_divergence(Distribution p, Distribution q)
    {
        ArgumentNullException.ThrowIfNull(p);
        ArgumentNullException.ThrowIfNull(q);
        return (p, q) switch
        {
            (Normal, Normal) => Normals(p.mean, p.stddev, q.mean, q.stddev),
            (LogNormal a, LogNormal b) => Normals(a.loc, a.scale, b.loc, b.scale),
            (Bernoulli a, Bernoulli b) => Bernoullis(a, b),
            (Categorical a, Categorical b) => (a.probs * (a.logits - b.logits)).sum(-1),
            (Exponential, Exponential) => (q.mean / p.mean).log() + (p.mean / q.mean) - 1,
            (Gamma, Gamma) => Gammas(p, q),
            (Laplace, Laplace) => Laplaces(p, q),
            _ => throw new NotSupportedException(
                $"kl_divergence has no formula for {p.GetType().Name} and {q.GetType().Name}."),
        };
    }

    private static torch.Tensor Normals(torch.Tensor m, torch.Tensor s, torch.Tensor n, torch.Tensor t)
    {
        torch.Tensor ratio = (s / t).square();
        return (ratio + ((m - n) / t).square() - 1 - ratio.log()) * 0.5;
    }

    private static torch.Tensor Bernoullis(Bernoulli p, Bernoulli q)
    {
        torch.Tensor l = p.logits, m = q.logits;
        torch.Tensor one = torch.nn.functional.softplus(-m) - torch.nn.functional.softplus(-l);
        torch.Tensor zero = torch.nn.functional.softplus(m) - torch.nn.functional.softplus(l);
        return (p.probs * one) + ((1 - p.probs) * zero);
    }

    private static torch.Tensor Gammas(Distribution p, Distribution q)
    {
        torch.Tensor rate = p.mean / p.variance, other = q.mean / q.variance;
        torch.Tensor a = rate * p.mean, b = other * q.mean;
        return (b * (rate / other).log()) + b.lgamma() - a.lgamma() + ((a - b) * a.digamma())
            + ((other - rate) * (a / rate));
    }

    private static torch.Tensor Laplaces(Distribution p, Distribution q)
    {
        torch.Tensor s = p.stddev / Math.Sqrt(2), t = q.stddev / Math.Sqrt(2), distance = (p.mean - q.mean).abs();
        torch.Tensor ratio = s / t;
        return ratio.log().neg() + (distance / t) + (ratio * (distance / s).neg().exp()) - 1;
    }
}
