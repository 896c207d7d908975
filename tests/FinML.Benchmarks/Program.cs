using FinML.Benchmarks;
using FinML.Benchmarks.Data;
using FinML.Benchmarks.Markets;
using FinML.Benchmarks.Notebooks;
using FinML.Benchmarks.Statistics;
using FinML.Benchmarks.Torch;

// dotnet run -c Release --project tests/FinML.Benchmarks -- SUITE [options]; see Options.Usage.
// Three more words are for this program's own children: "serve SUITE" works off requests, "first-step" trains once,
// "large-panel" processes one.
if (args is ["first-step"])
    return FirstStep.Run();
if (args is ["large-panel"])
    return LargePanel.Run();

Suite[] suites =
[
    TorchSuite.Create(), DataSuite.Create(), MarketsSuite.Create(), StatisticsSuite.Create(), NotebooksSuite.Create(),
];
if (args is ["serve", var served])
    return Server.Run(suites.Single(s => s.Name == served), Console.In, Console.Out);

try
{
    Options options = Options.Parse(args, [.. suites.Select(s => s.Name)]);
    if (options.Help)
    {
        Console.WriteLine(Options.Usage([.. suites.Select(s => s.Name)]));
        return 0;
    }

    return Session.Run(suites.Single(s => s.Name == options.Suite), options);
}
catch (UsageException wrong)
{
    Console.Error.WriteLine(wrong.Message);
    return 2;
}
