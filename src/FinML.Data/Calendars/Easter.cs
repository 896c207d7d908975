namespace FinML.Data;

/// <summary>Easter Sunday of the Gregorian calendar: the "anonymous algorithm" (Nature, 20 April 1876; J. Meeus,
/// Astronomical Algorithms, chapter 8).</summary>
internal static class Easter
{
    public static DateOnly Sunday(int year)
    {
        int a = year % 19, b = year / 100, c = year % 100;
        int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
        int h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4;
        int l = (32 + 2 * e + 2 * i - h - k) % 7, m = (a + 11 * h + 22 * l) / 451;
        int n = h + l - 7 * m + 114;
        return new DateOnly(year, n / 31, n % 31 + 1);
    }
}
