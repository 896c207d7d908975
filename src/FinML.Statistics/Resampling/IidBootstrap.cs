namespace FinML.Statistics;

/// <summary>
/// Efron's (1979) bootstrap: single observations with replacement. Right for independent data only; on returns whose
/// autocorrelation matters its intervals are too short.
/// </summary>
public sealed class IidBootstrap : BlockBootstrap
{
    /// <inheritdoc/>
    public override string Name => "iid bootstrap";

    /// <inheritdoc/>
    public override double BlockLength => 1;

    internal override void Lengths(ReadOnlySpan<ulong> words, Span<int> lengths) => lengths.Fill(1);
}
