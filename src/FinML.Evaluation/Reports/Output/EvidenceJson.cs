using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace FinML.Evaluation;

/// <summary>
/// A report as JSON. Fractions are fractions (0.01 is one per cent), drawdowns and losses positive fractions, times
/// ISO 8601; what is not known is null. The schema's number rises where a name goes or changes its meaning.
/// </summary>
public static class EvidenceJson
{
    /// <summary>The value of "schema".</summary>
    public const string Schema = "finml.evidence/1";

    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        IncludeFields = true, // tuples
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new GapConverter() },
    };

    /// <summary>The text.</summary>
    public static string Render(EvidenceReport report) => Node(report).ToJsonString(s_options) + "\n";

    /// <summary>The object.</summary>
    public static JsonObject Node(EvidenceReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        EvidenceInput input = report.Input;
        var selection = report.Selection;
        return new JsonObject
        {
            ["schema"] = Schema,
            ["name"] = input.Name,
            ["benchmark"] = input.Benchmark?.Name,
            ["start"] = input.Dated ? Of(report.Start) : null,
            ["end"] = input.Dated ? Of(input.Times[^1]) : null,
            ["count"] = input.NetReturns.Count,
            ["periodsPerYear"] = report.Options.PeriodsPerYear,
            ["riskFreePerPeriod"] = report.Options.RiskFreePerPeriod,
            ["trials"] = Of(input.Trials),
            ["bootstrap"] = Of(new
            {
                report.Options.Bootstrap.Replicates,
                report.Options.Bootstrap.Level,
                report.Options.Bootstrap.Seed,
            }),
            ["verdict"] = Of(report.Verdict),
            ["checks"] = Of(report.Checks),
            ["notes"] = Of(input.Notes),
            ["net"] = Of(report.Net),
            ["gross"] = Of(report.Gross),
            ["grossSharpe"] = Of(report.GrossSharpe),
            ["sharpe"] = Of(report.Sharpe),
            ["market"] = Of(report.Market),
            ["baselines"] = Of(report.Baselines),
            ["costs"] = Of(report.Costs),
            ["delays"] = Of(report.Delays),
            ["exposure"] = Of(report.Exposure),
            ["trades"] = Of(report.Trades),
            ["drawdowns"] = Of(report.Drawdowns),
            ["crises"] = Of(report.Crises),
            ["regimes"] = Of(report.Regimes),
            ["calendar"] = Of(report.Calendar),
            ["distribution"] = Of(report.Distribution),
            ["selection"] = selection is null ? null : Of(new
            {
                selection.Count,
                selection.Against,
                Overfitting = selection.Overfitting is { } o ? new
                {
                    o.Probability,
                    o.ProbabilityOfLoss,
                    o.DegradationSlope,
                    o.DegradationIntercept,
                    o.Segments,
                    o.Splits,
                } : null,
                Superiority = selection.Superiority is { } s ? new
                {
                    s.Best,
                    s.Statistic,
                    s.PValue,
                    s.LowerPValue,
                    s.UpperPValue,
                    s.MonteCarloError,
                    s.LeftOut,
                } : null,
                Strategies = input.Strategies.Select((strategy, i) => new
                {
                    strategy.Name,
                    Sharpe = SharpeInference.Annualised(strategy.Values.ToArray(), report.Options),
                    StepwisePValue = selection.Stepwise?.Models[i].PValue,
                }),
                selection.ConfidenceSet,
            }),
            ["paths"] = Of(report.Paths),
            ["series"] = Of(new
            {
                Times = input.Dated ? input.Times : null,
                Net = input.NetReturns,
                Gross = input.Backtest?.GrossReturns,
                Benchmark = input.Benchmark?.Values,
                Positions = input.Backtest?.Positions,
                report.Rolling,
            }),
        };
    }

    private static JsonNode? Of<T>(T value) => JsonSerializer.SerializeToNode(value, s_options);

    /// <summary>JSON has no NaN: a gap in a series is null.</summary>
    private sealed class GapConverter : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Null ? double.NaN : reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value))
                writer.WriteNumberValue(value);
            else
                writer.WriteNullValue();
        }
    }
}
