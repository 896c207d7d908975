using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using FinML.Cli.Terminal;
using FinML.Data;
using Spectre.Console;

namespace FinML.Cli.Commands;

/// <summary>What the data commands share: where they write, and how errors become one sentence and an exit
/// code.</summary>
internal static class DataOutput
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Option<bool> JsonOption() => new("--json") { Description = "Print JSON, for scripts." };

    public static Option<string?> RootOption() => new("--data")
    {
        Description = "The folder of the catalogue. [default: FINML_DATA, or data/ in the clone around this folder]",
        HelpName = "DIR",
    };

    /// <summary>Runs an action; what is wrong with data or a request is one sentence on standard error, and
    /// 1.</summary>
    public static void SetGuardedAction(this Command command, Func<ParseResult, int> action) =>
        command.SetAction(result =>
    {
        try
        {
            return action(result);
        }
        catch (Exception e) when (e is DataException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            return Fail(result, e.Message);
        }
    });

    /// <summary>The same for an action that waits.</summary>
    public static void SetGuardedAction(this Command command, Func<ParseResult, CancellationToken, Task<int>> action) =>
        command.SetAction(async (result, stop) =>
    {
        try
        {
            return await action(result, stop);
        }
        catch (Exception e) when (e is DataException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            return Fail(result, e.Message);
        }
    });

    public static int Fail(ParseResult result, string sentence)
    {
        result.InvocationConfiguration.Error.WriteLine($"finml: {sentence}");
        return ExitCode.Failure;
    }

    public static void WriteJson(ParseResult result, object value) =>
        result.InvocationConfiguration.Output.WriteLine(JsonSerializer.Serialize(value, s_json));

    public static JsonObject ToJson<T>(T value) => JsonSerializer.SerializeToNode(value, s_json)!.AsObject();

    /// <summary>A console on the command's output: colours in a terminal, plain and wide where it is
    /// redirected.</summary>
    public static IAnsiConsole Console(ParseResult result)
    {
        TextWriter output = result.InvocationConfiguration.Output;
        bool plain = output != System.Console.Out || System.Console.IsOutputRedirected;
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = plain ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Out = new AnsiConsoleOutput(output),
        });
        if (plain)
        {
            console.Profile.Width = 160;
        }

        return console;
    }

    /// <summary>A number of at most seven digits that matter.</summary>
    public static string Number(double x) => double.IsNaN(x) ? ""
        : Math.Abs(x) is >= 1e5 or 0 ? x.ToString("N0", CultureInfo.InvariantCulture)
        : Math.Abs(x) < 1e-3 ? x.ToString("0.###E+0", CultureInfo.InvariantCulture)
        : x.ToString("G7", CultureInfo.InvariantCulture);

    /// <summary>A number in at most seven characters, for tables that compare many: 5 digits, M and B.</summary>
    public static string Short(double x) => Math.Abs(x) switch
    {
        double.NaN => "",
        >= 1e12 => x.ToString("0.##E+0", CultureInfo.InvariantCulture),
        >= 1e9 => (x / 1e9).ToString("G4", CultureInfo.InvariantCulture) + "B",
        >= 1e6 => (x / 1e6).ToString("G4", CultureInfo.InvariantCulture) + "M",
        >= 1e5 => x.ToString("F0", CultureInfo.InvariantCulture),
        < 1e-3 and > 0 => x.ToString("0.##E+0", CultureInfo.InvariantCulture),
        _ => x.ToString("G5", CultureInfo.InvariantCulture),
    };

    /// <summary>A table column that is never broken over lines.</summary>
    public static TableColumn Column(string header, bool number = false)
    {
        TableColumn column = new TableColumn(Markup.Escape(header)).NoWrap().PadLeft(0).PadRight(1);
        return number ? column.RightAligned() : column;
    }

    public static string Count(int n) => n.ToString("N0", CultureInfo.InvariantCulture);

    public static string Time(DataSet set, DateTime time) => set.IsOrdinal
        ? ((time - DateTime.UnixEpoch).Days + 1).ToString(CultureInfo.InvariantCulture)
        : time.ToString(time.TimeOfDay == TimeSpan.Zero && set.Time is "date" or "compact-date" or "month"
            ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm",
            CultureInfo.InvariantCulture);
}
