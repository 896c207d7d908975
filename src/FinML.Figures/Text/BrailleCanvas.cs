namespace FinML.Figures.Text;

/// <summary>Dots, two across and four down to a character of the Unicode block U+2800.</summary>
internal sealed class BrailleCanvas(int columns, int lines)
{
    private readonly byte[] _cells = new byte[columns * lines];

    public int Width => columns * 2;

    public int Height => lines * 4;

    public void Dot(int x, int y)
    {
        if (x < 0 || y < 0 || x >= Width || y >= Height)
            return;
        // The bits of a cell run down the left column, then the right; the bottom row was added to the standard later.
        int bit = (y % 4, x % 2) switch
        {
            (3, 0) => 6,
            (3, 1) => 7,
            (var dy, 0) => dy,
            (var dy, _) => dy + 3,
        };
        _cells[y / 4 * columns + x / 2] |= (byte)(1 << bit);
    }

    public void Line(double x0, double y0, double x1, double y1)
    {
        // Far outside ends are drawn from the edge on: no more steps than the canvas has dots.
        int steps = (int)Math.Clamp(
            Math.Ceiling(Math.Max(Math.Abs(x1 - x0), Math.Abs(y1 - y0))), 1, 8 * (Width + Height));
        for (int i = 0; i <= steps; i++)
        {
            double t = (double)i / steps;
            Dot((int)Math.Floor(x0 + (x1 - x0) * t), (int)Math.Floor(y0 + (y1 - y0) * t));
        }
    }

    public char[][] Characters()
    {
        var text = new char[lines][];
        for (int l = 0; l < lines; l++)
        {
            text[l] = new char[columns];
            for (int c = 0; c < columns; c++)
                text[l][c] = _cells[l * columns + c] == 0 ? ' ' : (char)(0x2800 + _cells[l * columns + c]);
        }

        return text;
    }
}
