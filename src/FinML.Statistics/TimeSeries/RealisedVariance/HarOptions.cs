namespace FinML.Statistics;

/// <summary>Which heterogeneous autoregression is fitted.</summary>
public sealed record HarOptions
{
    /// <summary>The spans of the means on the right side, rising, from 1 up: a day, a week and a month by
    /// default.</summary>
    public IReadOnlyList<int> Spans { get; init; } = [1, 5, 22];

    /// <summary>Of how many coming values the mean is forecast; 1 or more.</summary>
    public int Horizon { get; init; } = 1;

    /// <summary>In what the model is linear.</summary>
    public HarTransform Transform { get; init; } = HarTransform.Level;

    /// <summary>Lags of the Newey-West errors; where left out 2 (Horizon - 1), for the overlap, and at least floor(4 (n
    /// / 100)^(2/9)).</summary>
    public int? ErrorLags { get; init; }

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentException">A value is outside its range.</exception>
    public void Validate()
    {
        if (Spans.Count == 0 || Spans[0] < 1 || Spans.Zip(Spans.Skip(1)).Any(pair => pair.First >= pair.Second))
            throw new ArgumentException(
                $"Spans is {string.Join(", ", Spans)}; one or more rising whole numbers from 1 up are needed.");
        Guard.AtLeast(Horizon, 1, nameof(Horizon));
        Guard.AtLeast(ErrorLags ?? 0, 0, nameof(ErrorLags));
        if (!Enum.IsDefined(Transform))
            throw new ArgumentOutOfRangeException(
                nameof(Transform), $"Transform is {Transform}; it must be Level, SquareRoot or Logarithm.");
    }
}
