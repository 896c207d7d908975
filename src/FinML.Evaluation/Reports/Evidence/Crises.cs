namespace FinML.Evaluation;

/// <summary>
/// The falls of the United States stock market that strategies are usually asked about. Begin and end are the highest
/// and the lowest close of the index named, but for the three short events, whose days are those of their source; dates
/// and losses are recomputed from the data sets sp500, skfolio-sp500, djia and nyse by a test.
/// </summary>
public static class Crises
{
    private const string Sp500 = "S&P 500", Dow = "Dow Jones Industrials", Nyse = "NYSE Composite";

    /// <summary>In order of time.</summary>
    public static IReadOnlyList<Crisis> All { get; } =
    [
        Of("Oil crisis and bear market", "1973-01-11", "1974-10-03", Nyse, -0.4977,
            "NBER recession 1973-11 to 1975-03"),
        Of("Crash of 1987", "1987-08-25", "1987-10-19", Dow, -0.3613,
            "Presidential Task Force on Market Mechanisms (Brady report), 1988"),
        Of("Gulf war", "1990-07-16", "1990-10-11", Sp500, -0.1992, "NBER recession 1990-07 to 1991-03"),
        Of("Russia and LTCM", "1998-07-17", "1998-08-31", Sp500, -0.1934,
            "President's Working Group on Financial Markets, Hedge Funds, Leverage and LTCM, 1999"),
        Of("Dot-com bust", "2000-03-24", "2002-10-09", Sp500, -0.4915, "NBER recession 2001-03 to 2001-11"),
        Of("September 11", "2001-09-10", "2001-09-21", Sp500, -0.1160,
            "the exchanges were closed from 2001-09-11 to 2001-09-14"),
        Of("Quant quake", "2007-08-06", "2007-08-09", Sp500, -0.0099,
            "Khandani and Lo, What happened to the quants in August 2007?, 2011"),
        Of("Financial crisis", "2007-10-09", "2009-03-09", Sp500, -0.5678,
            "Financial Crisis Inquiry Commission, 2011"),
        Of("Flash crash", "2010-05-05", "2010-05-06", Sp500, -0.0324,
            "CFTC and SEC, Findings regarding the market events of May 6, 2010"),
        Of("Euro debt, US downgrade", "2011-04-29", "2011-10-03", Sp500, -0.1939,
            "S&P's downgrade of the United States on 2011-08-05"),
        Of("Renminbi devaluation", "2015-05-21", "2015-08-25", Sp500, -0.1235,
            "People's Bank of China, 2015-08-11"),
        Of("Oil and China", "2015-11-03", "2016-02-11", Sp500, -0.1331, "oil below 30 dollars, 2016-02-11"),
        Of("Volmageddon", "2018-01-26", "2018-02-08", Sp500, -0.1016,
            "BIS Quarterly Review, March 2018: the equity market turbulence of 5 February"),
        Of("Fourth quarter of 2018", "2018-09-20", "2018-12-24", Sp500, -0.1978, "closes of the index"),
        Of("COVID-19", "2020-02-19", "2020-03-23", Sp500, -0.3392, "WHO: pandemic declared on 2020-03-11"),
        Of("Inflation and rates", "2022-01-03", "2022-10-12", Sp500, -0.2543,
            "Federal Reserve: first rise of the cycle on 2022-03-16"),
    ];

    private static Crisis Of(string name, string from, string to, string index, double lost, string source) =>
        new(name, Day(from), Day(to), index, lost, source);

    private static DateOnly Day(string text) =>
        DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
