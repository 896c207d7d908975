namespace FinML.Torch;

/// <summary>Student's t distribution, moved and scaled.</summary>
public sealed class StudentT : torch.distributions.Distribution
{
    private readonly torch.Tensor df, loc, scale;

    /// <param name="df">Degrees of freedom, above 0.</param>
    /// <param name="loc">The centre.</param>
    /// <param name="scale">Above 0.</param>
    /// <param name="generator">Source of the draws.</param>
    /// <exception cref="ArgumentException">Degrees or scale are not above 0, or shapes do not broadcast.</exception>
    public StudentT(torch.Tensor df, torch.Tensor loc, torch.Tensor scale, torch.Generator? generator = null)
        : base(generator!, Common(df, loc, scale), null!)
    {
        this.df = df.expand(batch_shape.Shape);
        this.loc = loc.expand(batch_shape.Shape);
        this.scale = scale.expand(batch_shape.Shape);
    }

    /// <summary>The centre; NaN for one degree of freedom or less.</summary>
    public override torch.Tensor mean => torch.where(df.detach().gt(1), loc, torch.full_like(loc, double.NaN));

    public override torch.Tensor mode => loc;

    /// <summary>scale^2 df / (df - 2); infinite for 1 to 2 degrees of freedom, NaN below.</summary>
    public override torch.Tensor variance
    {
        get
        {
            torch.Tensor degrees = df.detach();
            torch.Tensor finite = torch.where(degrees.gt(2), df, torch.full_like(df, 3));
            torch.Tensor spread = scale.square() * finite / (finite - 2);
            torch.Tensor rest = torch.where(
                degrees.gt(1), torch.full_like(df, double.PositiveInfinity), torch.full_like(df, double.NaN));
            return torch.where(degrees.gt(2), spread, rest.detach());
        }
    }

    /// <summary>A normal draw over the root of a chi-squared one per degree of freedom; gradients by the degrees are
    /// the gamma's.</summary>
    public override torch.Tensor rsample(params long[] sample_shape)
    {
        torch.Tensor normals = torch.randn(ExtendedShape(sample_shape), dtype: loc.dtype, generator: generator);
        torch.Tensor half = df * 0.5;
        using torch.distributions.Distribution gamma = torch.distributions.Gamma(half, half, generator!);
        return loc + (scale * normals * gamma.rsample(sample_shape).rsqrt());
    }

    /// <inheritdoc/>
    public override torch.Tensor log_prob(torch.Tensor value)
    {
        torch.Tensor z = (value - loc) / scale;
        torch.Tensor normaliser = scale.log() + (df.log() * 0.5) + (0.5 * Math.Log(Math.PI))
            + (df * 0.5).lgamma() - ((df + 1) * 0.5).lgamma();
        return ((df + 1) * -0.5 * (z.square() / df).log1p()) - normaliser;
    }

    /// <inheritdoc/>
    public override torch.Tensor entropy()
    {
        torch.Tensor half = df * 0.5, next = (df + 1) * 0.5;
        torch.Tensor logBeta = half.lgamma() + (0.5 * Math.Log(Math.PI)) - next.lgamma();
        return scale.log() + (next * (next.digamma() - half.digamma())) + (df.log() * 0.5) + logBeta;
    }

    /// <inheritdoc/>
    public override torch.distributions.Distribution expand(
        torch.Size batch_shape, torch.distributions.Distribution? instance = null) =>
        new StudentT(
            df.expand(batch_shape.Shape), loc.expand(batch_shape.Shape), scale.expand(batch_shape.Shape), generator);

    private static long[] Common(torch.Tensor df, torch.Tensor loc, torch.Tensor scale)
    {
        ArgumentNullException.ThrowIfNull(df);
        ArgumentNullException.ThrowIfNull(loc);
        ArgumentNullException.ThrowIfNull(scale);
        using IDisposable off = torch.no_grad();
        foreach ((string name, torch.Tensor value) in new[] { ("df", df), ("scale", scale) })
        {
            if (value.detach().gt(0).all().ToBoolean())
                continue;
            throw new ArgumentException($"StudentT: {name} must be above 0, got {value.detach().min().ToDouble()}.");
        }

        return (df.detach() + loc.detach() + scale.detach()).shape;
    }
}
