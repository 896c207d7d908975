using System.Globalization;
using System.Text.RegularExpressions;

namespace FinML.Notebooks.Packages;

/// <summary>A package's version, ordered as SemVer 2 orders it, with NuGet's fourth number.</summary>
/// <param name="Numbers">Major, minor, patch, revision.</param>
/// <param name="Labels">The labels behind the hyphen; empty for a stable version.</param>
/// <param name="Text">As it is written.</param>
internal sealed partial record PackageVersion(IReadOnlyList<int> Numbers, IReadOnlyList<string> Labels, string Text)
    : IComparable<PackageVersion>
{
    internal bool IsStable => Labels.Count == 0;

    /// <summary>The version, or null where the text is none.</summary>
    internal static PackageVersion? TryParse(string text)
    {
        if (Pattern().Match(text) is not { Success: true } match)
            return null;
        List<int> numbers = [];
        foreach (string part in match.Groups[1].Value.Split('.'))
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
                return null;
            numbers.Add(number);
        }

        while (numbers.Count < 4)
            numbers.Add(0);
        return new(numbers, match.Groups[2].Success ? match.Groups[2].Value.Split('.') : [], text);
    }

    public int CompareTo(PackageVersion? other)
    {
        if (other is null)
            return 1;
        for (int i = 0; i < 4; i++)
        {
            if (Numbers[i] != other.Numbers[i])
                return Numbers[i].CompareTo(other.Numbers[i]);
        }

        if (IsStable || other.IsStable)
            return IsStable.CompareTo(other.IsStable); // 1.0.0 comes after 1.0.0-rc
        for (int i = 0; i < Math.Min(Labels.Count, other.Labels.Count); i++)
        {
            if (Compare(Labels[i], other.Labels[i]) is var order and not 0)
                return order;
        }

        return Labels.Count.CompareTo(other.Labels.Count);
    }

    /// <summary>Whether both mean the same version: 1.0 is 1.0.0; what stands behind a plus does not count.</summary>
    internal bool IsSame(PackageVersion other) => CompareTo(other) == 0;

    /// <summary>Numbers by their value and before words.</summary>
    private static int Compare(string a, string b)
    {
        bool isA = int.TryParse(a, NumberStyles.None, CultureInfo.InvariantCulture, out int left);
        bool isB = int.TryParse(b, NumberStyles.None, CultureInfo.InvariantCulture, out int right);
        return isA && isB ? left.CompareTo(right)
            : isA != isB ? isB.CompareTo(isA)
            : string.Compare(a, b, StringComparison.OrdinalIgnoreCase);
    }

    [GeneratedRegex(@"^(\d+(?:\.\d+){0,3})(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+[0-9A-Za-z.-]+)?$")]
    private static partial Regex Pattern();
}
