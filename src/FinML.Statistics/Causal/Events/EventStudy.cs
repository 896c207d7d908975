namespace FinML.Statistics;

/// <summary>
/// What an event did to the prices of securities: returns less what they would have been, added up over days around it.
/// S. J. Brown and J. B. Warner, JFE 14 (1985); A. C. MacKinlay, JEL 35 (1997). The tests differ in what they stand:
/// events raise variances, and events on one day share the day's shocks.
/// </summary>
public sealed record EventStudy : ICausalResult
{
    private AbnormalReturns[] _securities = [];
    private int _before;
    private bool _sharedDates;

    /// <summary>What a return is expected to be without the event.</summary>
    public required NormalReturn Model { get; init; }

    /// <summary>Day relative to the event, mean abnormal return, and its sum since the first day.</summary>
    public required IReadOnlyList<(int Day, double Mean, double Cumulative)> Days { get; init; }

    /// <summary>Securities and their betas.</summary>
    public required IReadOnlyList<(string Security, double Beta)> Betas { get; init; }

    /// <inheritdoc/>
    public CausalClaim Claim => CausalClaim.Effect;

    /// <inheritdoc/>
    public IReadOnlyList<Assumption> Assumptions =>
    [
        new("normal returns", "Without the event, returns would have followed the estimated model."),
        new("surprise", "The event was not known before the window began.",
            _before == 0 ? [] : [BeforeEvent()]),
        new("no other news", "Nothing else of weight happened to the securities in the window."),
        new("independence", "The securities' abnormal returns do not move together.",
            [
                new Diagnostic(
                    "mean correlation of residuals", MeanCorrelation(),
                    _sharedDates && MeanCorrelation() > 0.05 ? Bearing.Contradicts : Bearing.Undecided,
                    _sharedDates
                        ? "the events share their dates: read the Kolari-Pynnonen test."
                        : "the events are taken to lie on different dates, where it does no harm."),
            ]),
    ];

    /// <summary>Estimates.</summary>
    /// <param name="events">Two or more, all with the same event window.</param>
    /// <param name="model">The normal return.</param>
    /// <param name="sharedDates">Whether all events lie on one calendar day, their windows aligned: their correlation
    /// then counts (estimation windows of one length).</param>
    public static EventStudy Of(
        IReadOnlyList<SecurityEvent> events, NormalReturn model = NormalReturn.MarketModel, bool sharedDates = false)
    {
        ArgumentNullException.ThrowIfNull(events);
        Guard.AtLeast(events.Count, 2, "number of events");
        foreach (SecurityEvent security in events)
        {
            if (security.Window.Length != events[0].Window.Length || security.Before != events[0].Before)
                throw new ArgumentException(
                    $"{security.Name} has an event window of {security.Window.Length} days, {security.Before} of them "
                    + $"before the event, and {events[0].Name} one of {events[0].Window.Length}, {events[0].Before} "
                    + "before; all must have the same.", nameof(events));
            if (sharedDates && security.Estimation.Length != events[0].Estimation.Length)
                throw new ArgumentException(
                    $"{security.Name} is estimated over {security.Estimation.Length} days and {events[0].Name} over "
                    + $"{events[0].Estimation.Length}; events that share their dates must share the window.",
                    nameof(events));
        }

        AbnormalReturns[] securities = [.. events.Select(e => new AbnormalReturns(e, model))];
        int before = events[0].Before;
        double sum = 0;
        return new EventStudy
        {
            Model = model,
            Days = [.. Enumerable.Range(0, events[0].Window.Length).Select(t =>
            {
                double mean = securities.Average(s => s.InWindow[t]);
                sum += mean;
                return (t - before, mean, sum);
            })],
            Betas = [.. securities.Select(s => (s.Name, s.Beta))],
            _securities = securities,
            _before = before,
            _sharedDates = sharedDates,
        };
    }

    /// <summary>The cumulative abnormal returns of the days <paramref name="first"/> to <paramref name="last"/>,
    /// relative to the event, with their tests.</summary>
    public EventWindowResult Window(int first, int last)
    {
        int end = Days.Count - 1 - _before;
        if (first > last || first < -_before || last > end)
            throw new ArgumentOutOfRangeException(
                nameof(last), $"The window is from {first} to {last}; it must lie in order within {-_before} and "
                + $"{end}.");
        int from = first + _before, to = last + _before;
        double[] sums = Array.ConvertAll(_securities, s => s.Cumulative(from, to));
        Moments moments = Moments.Of(sums);
        double error = moments.StandardDeviation(1) / Math.Sqrt(sums.Length);
        return new EventWindowResult
        {
            Days = (first, last),
            Mean = moments.Mean,
            StandardError = error,
            Positive = sums.Count(s => s > 0) / (double)sums.Length,
            Securities = [.. _securities.Select((s, i) => (s.Name, sums[i]))],
            Tests = [.. Tests(from, to, sums, moments.Mean / error)],
        };
    }

    private IEnumerable<EventTest> Tests(int from, int to, double[] sums, double crossSection)
    {
        int n = sums.Length;
        double[] scaled = [.. _securities.Select((s, i) => sums[i] / s.Deviation(from, to))];
        // A scaled return is t distributed: its variance is df / (df - 2).
        double patell = scaled.Sum()
            / Math.Sqrt(_securities.Sum(s => s.DegreesOfFreedom / (double)(s.DegreesOfFreedom - 2)));
        Moments moments = Moments.Of(scaled);
        double bmp = moments.Mean / (moments.StandardDeviation(1) / Math.Sqrt(n));
        yield return Normal("Patell", patell, "");
        yield return Student("cross-sectional", crossSection, n - 1, "event-induced variance");
        yield return Student(
            "Boehmer-Musumeci-Poulsen", bmp, n - 1, "event-induced variance, unequal variances");
        yield return Normal("generalised sign", Sign(sums), "fat tails, event-induced variance");
        yield return Normal("Corrado rank", Rank(from, to), "fat tails, shared dates");
        if (_sharedDates)
        {
            double r = MeanCorrelation();
            double adjusted = bmp * Math.Sqrt((1 - r) / (1 + (n - 1) * r));
            yield return Student(
                "Kolari-Pynnonen", adjusted, n - 1, "event-induced variance, unequal variances, shared dates");
        }
    }

    /// <summary>Cowan (1992): more gains than the estimation window's share of days above 0 lets expect.</summary>
    private double Sign(double[] sums)
    {
        double share = _securities.Average(s => s.Residuals.Count(e => e > 0) / (double)s.Residuals.Length);
        int n = sums.Length, gains = sums.Count(s => s > 0);
        return (gains - n * share) / Math.Sqrt(n * share * (1 - share));
    }

    /// <summary>Corrado (1989), Corrado and Zivney (1992): mean rank of the window's days among all days of a security,
    /// over the spread of the mean rank of a day.</summary>
    private double Rank(int from, int to)
    {
        int window = _securities[0].InWindow.Length, shortest = _securities.Min(s => s.Residuals.Length);
        var sums = new double[shortest + window]; // the last `shortest` days of the estimation, then the window
        foreach (AbnormalReturns security in _securities)
        {
            double[] all = [.. security.Residuals, .. security.InWindow];
            int[] order = [.. Enumerable.Range(0, all.Length)];
            Array.Sort((double[])all.Clone(), order);
            var rank = new double[all.Length];
            for (int i = 0; i < order.Length; i++)
                rank[order[i]] = (i + 1.0) / (all.Length + 1);
            for (int t = 0; t < sums.Length; t++)
                sums[t] += rank[all.Length - sums.Length + t] - 0.5;
        }

        int n = _securities.Length;
        double deviation = Math.Sqrt(sums.Average(s => s / n * (s / n)));
        double mean = sums.Skip(shortest + from).Take(to - from + 1).Average() / n;
        return Math.Sqrt(to - from + 1) * mean / deviation;
    }

    /// <summary>Mean correlation of the residuals of the estimation windows, pair by pair, over their last common
    /// length.</summary>
    private double MeanCorrelation()
    {
        int length = _securities.Min(s => s.Residuals.Length), n = _securities.Length;
        double[][] z = Array.ConvertAll(_securities, s =>
        {
            double[] tail = s.Residuals[^length..];
            Moments m = Moments.Of(tail);
            return Array.ConvertAll(tail, e => (e - m.Mean) / m.StandardDeviation(0));
        });

        // The variance of the sum of standardised residuals is n + n (n - 1) r.
        double variance = 0;
        for (int t = 0; t < length; t++)
            variance += Math.Pow(z.Sum(s => s[t]), 2) / length;
        return (variance - n) / (n * (n - 1.0));
    }

    private Diagnostic BeforeEvent()
    {
        EventTest test = Window(-_before, -1).Test("Boehmer-Musumeci-Poulsen");
        return Diagnostic.Test("mean abnormal return before the event", test.Statistic, test.PValue,
            "prices did not move before the event");
    }

    private static EventTest Normal(string name, double statistic, string robust) =>
        new(name, statistic, Tails.NormalTwoSided(statistic), robust);

    private static EventTest Student(string name, double statistic, int degreesOfFreedom, string robust) =>
        new(name, statistic, Tails.StudentTwoSided(statistic, degreesOfFreedom), robust);
}
