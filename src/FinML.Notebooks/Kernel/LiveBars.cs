using System.Globalization;
using System.Text;

namespace FinML.Notebooks.Kernel;

/// <summary>Progress bars below a running cell: one output that is updated, with the time that is left.</summary>
internal sealed class LiveBars(LiveOutput output) : INotebookProgress
{
    private const int Width = 30;
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly SortedDictionary<int, (string Label, double Fraction, long Start)> _bars = [];
    private DisplayedValue? _shown;
    private long _last;
    private bool _waiting;

    public void CellStarted(int number, int count, string caption)
    {
    }

    public void CellFinished(int number, TimeSpan elapsed, bool succeeded)
    {
    }

    public void BarChanged(int number, string label, double fraction)
    {
        lock (_gate)
        {
            bool isNew = !_bars.TryGetValue(number, out var bar);
            _bars[number] = (label, fraction, isNew ? TimeProvider.System.GetTimestamp() : bar.Start);
            if (isNew || fraction >= 1 || TimeProvider.System.GetElapsedTime(_last) >= Refresh)
                Draw();
            else if (!_waiting)
                _ = DrawLaterAsync();
        }
    }

    public void BarEnded(int number)
    {
        lock (_gate)
        {
            _bars.Remove(number);
            Draw();
            if (_bars.Count == 0)
                _shown = null;
        }
    }

    /// <summary>What came too soon after the last drawing is drawn when the time is up, also where nothing
    /// follows.</summary>
    private async Task DrawLaterAsync()
    {
        _waiting = true;
        await Task.Delay(Refresh).ConfigureAwait(false);
        lock (_gate)
        {
            _waiting = false;
            if (_bars.Count > 0)
                Draw();
        }
    }

    private void Draw()
    {
        _last = TimeProvider.System.GetTimestamp();
        var text = new StringBuilder();
        foreach ((string label, double fraction, long start) in _bars.Values)
        {
            int full = (int)Math.Round(fraction * Width);
            TimeSpan gone = TimeProvider.System.GetElapsedTime(start);
            string left = fraction is > 0 and < 1
                ? $"  {Clock(gone)}, {Clock(gone * ((1 - fraction) / fraction))} left"
                : $"  {Clock(gone)}";
            text.Append(CultureInfo.InvariantCulture,
                $"{label}  {new string('\u2588', full)}{new string('\u2591', Width - full)}  {fraction:P0}{left}\n");
        }

        string plain = text.ToString().TrimEnd('\n');
        MimeBundle bundle = MimeBundle.OfHtml(
            $"<pre>{System.Net.WebUtility.HtmlEncode(plain)}</pre>", plain);
        if (_shown is null)
            _shown = output.Display(bundle);
        else
            _shown.Update(new HtmlContent($"<pre>{System.Net.WebUtility.HtmlEncode(plain)}</pre>"));
    }

    private static string Clock(TimeSpan time) => time.TotalHours >= 1
        ? time.ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture)
        : time.ToString(@"m\:ss", CultureInfo.InvariantCulture);
}
