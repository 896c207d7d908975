using System.Globalization;

namespace FinML.Statistics;

/// <summary>A set of accepted values on a line, which need not be an interval.</summary>
public sealed record ConfidenceSet
{
    /// <summary>The pieces from left to right, disjoint; an end may be infinite.</summary>
    public required IReadOnlyList<(double Lower, double Upper)> Pieces { get; init; }

    /// <summary>Nominal coverage.</summary>
    public required double Level { get; init; }

    /// <summary>What it looks like.</summary>
    public SetShape Shape => Pieces switch
    {
        [] => SetShape.Empty,
        [(double.NegativeInfinity, double.PositiveInfinity)] => SetShape.WholeLine,
        [(double.NegativeInfinity, _), ..] or [.., (_, double.PositiveInfinity)] => SetShape.Unbounded,
        [_] => SetShape.Interval,
        _ => SetShape.Disjoint,
    };

    /// <summary>Whether a value is accepted, ends included.</summary>
    public bool Contains(double value) => Pieces.Any(piece => value >= piece.Lower && value <= piece.Upper);

    /// <summary>The set in words.</summary>
    public string Describe() => Shape switch
    {
        SetShape.Empty => "empty: no value is compatible with the data, so the model itself is rejected",
        SetShape.WholeLine => "the whole line: the data say nothing about the coefficient",
        SetShape.Unbounded => $"unbounded, {Text()}: the instruments are too weak to bound the coefficient",
        _ => Text(),
    };

    private string Text() => string.Join(" and ", Pieces.Select(piece =>
        string.Create(CultureInfo.InvariantCulture, $"[{piece.Lower:g6}, {piece.Upper:g6}]")));
}
