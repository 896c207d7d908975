using System.Globalization;
using System.Net;
using System.Text;

namespace FinML.Notebooks.Kernel;

/// <summary>
/// Progress bars below a running cell: one output that is updated, with the time that is left. It is a widget where the
/// page has shown that it has widgets, and text elsewhere.
/// </summary>
internal sealed class LiveBars(LiveOutput output, WidgetManager widgets) : INotebookProgress
{
    private const int Width = 30;
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly SortedDictionary<int, (string Label, double Fraction, long Start)> _bars = [];
    private DisplayedValue? _shown;
    private ProgressRows? _rows;
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
            _rows?.End(number);
            Draw();
            if (_bars.Count == 0)
                (_shown, _rows) = (null, null);
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
        if (_shown is null && widgets.HasPage)
            _rows = new ProgressRows(widgets);
        var text = new StringBuilder();
        foreach ((int number, (string label, double fraction, long start)) in _bars)
        {
            int full = (int)Math.Round(fraction * Width);
            TimeSpan gone = TimeProvider.System.GetElapsedTime(start);
            string far = string.Create(CultureInfo.InvariantCulture, $"{fraction:P0}  {Clock(gone)}")
                + (fraction is > 0 and < 1 ? $", {Clock(gone * ((1 - fraction) / fraction))} left" : "");
            text.Append(
                $"{label}  {new string('\u2588', full)}{new string('\u2591', Width - full)}  {far}\n");
            if (_shown is not null)
                _rows?.Change(number, label, fraction, far);
        }

        string plain = text.ToString().TrimEnd('\n'), html = $"<pre>{WebUtility.HtmlEncode(plain)}</pre>";
        MimeBundle bundle = MimeBundle.OfHtml(html, plain);
        if (_shown is null)
        {
            _shown = output.Display(_rows?.Show(bundle) ?? bundle);
            if (_rows is not null)
                Draw();
        }
        else if (_rows is null || _bars.Count == 0)
        {
            _shown.Update(new HtmlContent(html));
        }
    }

    private static string Clock(TimeSpan time) => time.TotalHours >= 1
        ? time.ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture)
        : time.ToString(@"m\:ss", CultureInfo.InvariantCulture);
}
