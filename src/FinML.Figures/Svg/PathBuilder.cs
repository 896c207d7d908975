using System.Globalization;
using System.Text;

namespace FinML.Figures.Svg;

/// <summary>
/// SVG path data in tenths of a pixel, relative and without spare characters. Positions are rounded before differences
/// are taken, so that rounding does not add up along a line.
/// </summary>
internal sealed class PathBuilder
{
    private readonly StringBuilder _text = new();

    private long _x, _y;

    private char _command;

    public bool IsEmpty => _text.Length == 0;

    public void Move(double x, double y)
    {
        (_x, _y) = (Tenths(x), Tenths(y));
        _text.Append('M').Append(Tenth(_x)).Append(Separated(Tenth(_y)));
        _command = 'M';
    }

    public void Line(double x, double y)
    {
        long nx = Tenths(x), ny = Tenths(y);
        if (nx == _x && ny == _y)
            return;
        if (ny == _y)
            One('h', nx - _x);
        else if (nx == _x)
            One('v', ny - _y);
        else
            Two('l', nx - _x, ny - _y);
        (_x, _y) = (nx, ny);
    }

    public void Close()
    {
        _text.Append('z');
        _command = 'z';
    }

    /// <summary>A path fragment in relative commands after a move.</summary>
    public void Raw(string commands)
    {
        _text.Append(commands);
        _command = ' ';
    }

    public override string ToString() => _text.ToString();

    /// <summary>A number with at most one decimal, the same in every culture.</summary>
    public static string Number(double value) => Tenth(Tenths(value));

    private void One(char command, long delta)
    {
        string text = Tenth(delta);
        _text.Append(_command == command ? Separated(text) : command + text);
        _command = command;
    }

    private void Two(char command, long dx, long dy)
    {
        string text = Tenth(dx);
        _text.Append(_command == command ? Separated(text) : command + text).Append(Separated(Tenth(dy)));
        _command = command;
    }

    private static string Separated(string number) => number[0] == '-' ? number : " " + number;

    private static long Tenths(double value) => (long)Math.Round(value * 10, MidpointRounding.AwayFromZero);

    private static string Tenth(long tenths)
    {
        long whole = Math.Abs(tenths) / 10, rest = Math.Abs(tenths) % 10;
        string sign = tenths < 0 ? "-" : "";
        string integer = whole.ToString(CultureInfo.InvariantCulture);
        return rest == 0 ? sign + integer
            : sign + (whole == 0 ? "" : integer) + "." + rest.ToString(CultureInfo.InvariantCulture);
    }
}
