using System.Globalization;
using FinML.Data.Store;

namespace FinML.Data.Tests.Store;

/// <summary>
/// The other process of <see cref="StoreCrashTests"/>: this assembly, started as a program with the folder of a store.
/// Appends one panel after the other, and now and then compacts, until it is killed; says a number when the panel of
/// that number is committed.
/// </summary>
internal static class StoreWriterProcess
{
    /// <summary>Rows of each panel and symbol.</summary>
    public const int Rows = 6;

    public static readonly string[] Symbols = ["A", "B"];

    /// <summary>Its name among the other processes.</summary>
    public const string Name = "store-writer";

    public static int Run(string[] arguments)
    {
        PanelStore store = PanelStore.Open(arguments[0], Options);
        int number = (int)(store.Rows / (Rows * Symbols.Length));
        Console.WriteLine("ready");
        for (; ; number++)
        {
            store.Append(PanelOf(number));
            Console.WriteLine(number.ToString(CultureInfo.InvariantCulture));
            if (number % 4 == 3)
                store.Compact();
        }
    }

    public static StoreOptions Options { get; } = new()
    {
        Engine = new DuckDbOptions { Threads = 1, MemoryBytes = 64 << 20 },
    };

    /// <summary>The panel of a number: its rows follow those of the number before, from one year to the next.</summary>
    public static Panel PanelOf(int number)
    {
        DateTime start = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(number * Rows);
        return Panel.Create([.. Enumerable.Range(0, Rows).Select(t => start.AddDays(t))], Symbols, ["close"],
            [.. Symbols.Select((_, a) => Enumerable.Range(0, Rows)
                .Select(t => Value(number * Rows + t, a)).ToArray())]);
    }

    /// <summary>The value of a row, counted from the first of the store.</summary>
    public static double Value(int row, int asset) => row * 10.0 + asset;
}
