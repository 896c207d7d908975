using FinML.Torch.Modules;
using static FinML.Torch.torch.distributions;

namespace FinML.Torch;

/// <summary>The Kullback-Leibler divergence of two distributions, E_p[log p - log q], where it has a formula.</summary>
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
            (Normal a, Normal b) => Of(a, b),
            (LogNormal a, LogNormal b) => Of(new Normal(a.loc, a.scale), new Normal(b.loc, b.scale)),
            (Bernoulli a, Bernoulli b) => Of(a, b),
            (Categorical a, Categorical b) => Of(a, b),
            (Gamma a, Gamma b) => Of(a, b),
            (Exponential a, Exponential b) => (a.Rate / b.Rate).log() + (b.Rate / a.Rate) - 1,
            (Beta a, Beta b) => Of(a.Pair, b.Pair),
            (Dirichlet a, Dirichlet b) => Of(a, b),
            (Laplace a, Laplace b) => Of(a, b),
            (Uniform a, Uniform b) => Of(a, b),
            (Uniform a, Normal b) => Of(a, b),
            (Normal a, Laplace b) => Of(a, b),
            (Modules.MultivariateNormal a, Modules.MultivariateNormal b) => Of(a, b),
            (Independent a, Independent b) when a.Axes == b.Axes =>
                Probabilities.SumRightmost(kl_divergence(a.Base, b.Base), a.Axes),
            _ => throw new NotSupportedException(
                $"kl_divergence has no formula for {p.GetType().Name} and {q.GetType().Name}."),
        };
    }

    private static torch.Tensor Of(Normal p, Normal q)
    {
        torch.Tensor ratio = (p.Scale / q.Scale).square();
        return (ratio + ((p.Loc - q.Loc) / q.Scale).square() - 1 - ratio.log()) * 0.5;
    }

    // p (softplus(-m) - softplus(-l)) + (1 - p) (softplus(m) - softplus(l)), l and m being the log-odds.
    private static torch.Tensor Of(Bernoulli p, Bernoulli q)
    {
        torch.Tensor l = p.logits, m = q.logits;
        torch.Tensor one = m.neg().softplus(threshold: 40) - l.neg().softplus(threshold: 40);
        torch.Tensor zero = m.softplus(threshold: 40) - l.softplus(threshold: 40);
        return (p.probs * one) + ((1 - p.probs) * zero);
    }

    private static torch.Tensor Of(Categorical p, Categorical q)
    {
        torch.Tensor terms = p.probs * (p.logits - q.logits);
        torch.Tensor impossible = q.probs.detach().eq(0).expand(terms.shape);
        terms = terms.masked_fill(impossible, double.PositiveInfinity);
        return terms.masked_fill(p.probs.detach().eq(0).expand(terms.shape), 0).sum(-1);
    }

    private static torch.Tensor Of(Gamma p, Gamma q) =>
        (q.Concentration * (p.Rate / q.Rate).log()) + q.Concentration.lgamma() - p.Concentration.lgamma()
        + ((p.Concentration - q.Concentration) * p.Concentration.digamma())
        + ((q.Rate - p.Rate) * (p.Concentration / p.Rate));

    private static torch.Tensor Of(Dirichlet p, Dirichlet q)
    {
        torch.Tensor a = p.Concentration, b = q.Concentration, total = a.sum(-1);
        return total.lgamma() - b.sum(-1).lgamma() - (a.lgamma() - b.lgamma()).sum(-1)
            + ((a - b) * (a.digamma() - total.digamma().unsqueeze(-1))).sum(-1);
    }

    private static torch.Tensor Of(Laplace p, Laplace q)
    {
        torch.Tensor ratio = p.Scale / q.Scale, distance = (p.Loc - q.Loc).abs();
        return ratio.log().neg() + (distance / q.Scale) + (ratio * (distance / p.Scale).neg().exp()) - 1;
    }

    // Infinite where q does not cover p.
    private static torch.Tensor Of(Uniform p, Uniform q)
    {
        torch.Tensor result = ((q.High - q.Low) / (p.High - p.Low)).log();
        torch.Tensor outside = q.Low.detach().gt(p.Low.detach()).logical_or(q.High.detach().lt(p.High.detach()));
        return result.masked_fill(outside.expand(result.shape), double.PositiveInfinity);
    }

    private static torch.Tensor Of(Uniform p, Normal q)
    {
        torch.Tensor width = p.High - p.Low;
        torch.Tensor spread = (width / q.Scale).square() / 12;
        torch.Tensor shift = ((((p.High + p.Low) * 0.5) - q.Loc) / q.Scale).square();
        return ((q.Scale * Math.Sqrt(2 * Math.PI)) / width).log() + ((spread + shift) * 0.5);
    }

    private static torch.Tensor Of(Normal p, Laplace q)
    {
        torch.Tensor shift = p.Loc - q.Loc, z = shift / p.Scale, ratio = p.Scale / q.Scale;
        torch.Tensor absolute = (ratio * Math.Sqrt(2 / Math.PI) * (z.square() * -0.5).exp())
            + (shift / q.Scale * (z * Math.Sqrt(0.5)).erf());
        return ratio.log().neg() + absolute - (0.5 * (1 + Math.Log(Math.PI / 2)));
    }

    private static torch.Tensor Of(Modules.MultivariateNormal p, Modules.MultivariateNormal q)
    {
        torch.Tensor determinants = Modules.MultivariateNormal.HalfLogDeterminant(q.ScaleTril)
            - Modules.MultivariateNormal.HalfLogDeterminant(p.ScaleTril);
        torch.Tensor trace = torch.linalg.solve_triangular(q.ScaleTril, p.ScaleTril, upper: false)
            .square().sum([-2, -1]);
        torch.Tensor shift = (q.Loc - p.Loc).unsqueeze(-1);
        torch.Tensor distance = torch.linalg.solve_triangular(q.ScaleTril, shift, upper: false)
            .square().sum([-2, -1]);
        return determinants + ((trace + distance - p.event_shape[0]) * 0.5);
    }
}
