namespace FinML.Figures.Svg;

/// <summary>
/// Finds places for texts inside a plot: no text may touch another, and of the free places the one that hides the
/// fewest data wins; ties go to the earlier candidate.
/// </summary>
internal sealed class LabelPlacer(PlotArea area, IEnumerable<(double X, double Y)> data, IEnumerable<TextBox> taken)
{
    private const int Cell = 4;

    private readonly List<TextBox> _taken = [.. taken];

    // One point a cell: what counts is the covered area, not how many points lie on it.
    private readonly (double X, double Y)[] _data =
        [.. data.DistinctBy(p => ((int)Math.Floor(p.X / Cell), (int)Math.Floor(p.Y / Cell)))];

    /// <summary>Takes the best free candidate, or returns null where all are taken or outside.</summary>
    public TextBox? Place(IEnumerable<TextBox> candidates)
    {
        TextBox? best = null;
        int least = int.MaxValue;
        foreach (TextBox box in candidates)
        {
            if (!Inside(box) || _taken.Exists(t => t.Intersects(box, -2)))
                continue;
            int hidden = Hidden(box);
            if (hidden >= least)
                continue;
            (best, least) = (box, hidden);
            if (hidden == 0)
                break;
        }

        if (best is not null)
            _taken.Add(best);
        return best;
    }

    /// <summary>Candidates around a point: beside it at growing distance, then a grid over the whole plot.</summary>
    public IEnumerable<TextBox> Around(double x, double y, TextBox text)
    {
        foreach (double distance in (double[])[14, 26, 42, 64, 92])
        {
            foreach (var (dx, dy) in ((double, double)[])[(0, -1), (0.8, -0.7), (-0.8, -0.7), (1, 0), (-1, 0), (0, 1),
                (0.8, 0.7), (-0.8, 0.7)])
            {
                double cx = x + dx * (distance + text.Width / 2), cy = y + dy * (distance + text.Height / 2);
                yield return At(text, cx - text.Width / 2, cy - text.Height / 2);
            }
        }

        for (double top = area.Top + 4; top + text.Height < area.Bottom; top += text.Height + 4)
        {
            for (double left = area.Left + 4; left + text.Width < area.Right; left += 24)
                yield return At(text, left, top);
        }
    }

    public static TextBox At(TextBox text, double left, double top) => text with { Left = left, Top = top };

    private bool Inside(TextBox box) => box.Left >= area.Left + 2 && box.Left + box.Width <= area.Right - 2
        && box.Top >= area.Top + 2 && box.Top + box.Height <= area.Bottom - 2;

    private int Hidden(TextBox box)
    {
        int count = 0;
        foreach (var (x, y) in _data)
        {
            if (x > box.Left - 2 && x < box.Left + box.Width + 2 && y > box.Top - 2 && y < box.Top + box.Height + 2)
                count++;
        }

        return count;
    }
}
