using System.Globalization;
using System.Runtime.CompilerServices;

namespace FinML.Evaluation;

/// <summary>Writes sentences with numbers, the same in every culture.</summary>
internal static class Say
{
    /// <summary>The text.</summary>
    internal static string Of(Text text) => text.ToString();

    /// <summary>Collects an interpolated string in the invariant culture.</summary>
    [InterpolatedStringHandler]
    internal ref struct Text(int literalLength, int formattedCount)
    {
        private DefaultInterpolatedStringHandler text =
            new(literalLength, formattedCount, CultureInfo.InvariantCulture);

        public void AppendLiteral(string value) => text.AppendLiteral(value);

        public void AppendFormatted<T>(T value) => text.AppendFormatted(value);

        public void AppendFormatted<T>(T value, string? format) => text.AppendFormatted(value, format);

        public override string ToString() => text.ToStringAndClear();
    }
}
