namespace FinML.Data;

/// <summary>
/// Reads exchange_rate, the benchmark of multivariate forecasting (G. Lai et al., "Modeling long- and short-term
/// temporal patterns with deep neural networks", SIGIR 2018): 7,588 undated days of 1990-2016, eight currencies in US
/// dollars, without a header.
/// </summary>
public static class ExchangeRatePanel
{
    /// <summary>The countries of the columns, in the paper's order.</summary>
    public static IReadOnlyList<string> Countries { get; } =
        ["australia", "britain", "canada", "switzerland", "china", "japan", "new-zealand", "singapore"];

    /// <summary>Reads the file: times x 8 assets of the field rate.</summary>
    /// <param name="source">The text file, plain or gzip.</param>
    /// <param name="limits">What bounds the memory.</param>
    public static LoadedPanel Read(TextSource source, LoadLimits? limits = null) => CsvPanel.Read(source, new CsvOptions
    {
        Layout = CsvLayout.Wide,
        Header = false,
        Names = Countries,
        Field = "rate",
        Undated = true,
        Separator = ',',
        DecimalMark = '.',
        AvailableAfter = TimeSpan.FromDays(1),
        Limits = limits ?? LoadLimits.Default,
    });
}
