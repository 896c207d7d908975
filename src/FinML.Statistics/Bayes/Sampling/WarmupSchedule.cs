namespace FinML.Statistics;

/// <summary>
/// When a chain learns what, as in Stan's reference manual: step size alone, then windows of doubling length whose
/// variances become the metric, then step size alone again.
/// </summary>
internal sealed class WarmupSchedule
{
    private readonly HashSet<int> _windowEnds = [];
    private readonly int _first, _last;

    internal WarmupSchedule(int warmup)
    {
        (int start, int end, int window) = warmup >= 150
            ? (75, 50, 25)
            : ((int)(0.15 * warmup), (int)(0.1 * warmup), warmup - (int)(0.15 * warmup) - (int)(0.1 * warmup));
        (_first, _last) = (start, warmup - end);
        for (int at = start; at < _last; window *= 2)
        {
            // A window is stretched to the end where the next, of twice its length, would not fit.
            at = at + 3 * window > _last ? _last : at + window;
            _windowEnds.Add(at - 1);
        }
    }

    internal bool LearnsMetric(int draw) => draw >= _first && draw < _last;

    internal bool EndsWindow(int draw) => _windowEnds.Contains(draw);
}
