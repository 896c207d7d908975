using System.CommandLine;
using System.Security.Cryptography;
using FinML.Cli.Terminal;
using FinML.Data;
using FinML.Data.Store;

namespace FinML.Cli.Commands;

/// <summary><c>finml data engine</c>: DuckDB for stores and SQL: install it, and say which one is used.</summary>
internal static class DataEngineCommand
{
    public static Command Create() =>
        new Command("engine", "DuckDB, the engine behind panel stores and SQL: install it, look at it.")
    {
        Install(),
        Status(),
    }.WithExamples("finml data engine install", "finml data engine status");

    private static Command Install()
    {
        Option<string?> registry = new("--registry")
        {
            Description = "The npm registry. [default: that of your npm configuration, else registry.npmjs.org]",
            HelpName = "URL",
        };
        Option<string?> from = new("--from")
        {
            Description = "The package's archive on this machine, where there is no network.",
            HelpName = "FILE.tgz",
        };
        Option<bool> json = DataOutput.JsonOption();
        Command command = new("install", "Get DuckDB's library from its npm package (25 to 35 MB; npm is not needed), "
            + "check it against the hash in this program, and keep it in your cache.")
        {
            registry, from, json,
        };
        command.WithExamples(
            "finml data engine install",
            "finml data engine install --registry https://npm.example.com/",
            "finml data engine install --from node-bindings-linux-x64-1.5.6-r.1.tgz");
        command.SetGuardedAction(async (result, stop) =>
        {
            (string path, string? source) = await EngineInstaller.InstallAsync(new EngineInstallOptions
            {
                Registry = result.GetValue(registry) is { } address ? NpmRegistry.Parse(address) : null,
                From = result.GetValue(from),
                Progress = new TransferLine(result.InvocationConfiguration.Error, "DuckDB", TimeProvider.System),
            }, stop);
            EnginePackage package = EnginePackage.Current!;
            if (result.GetValue(json))
            {
                DataOutput.WriteJson(result, new { path, source, package = package.Name, package.Version });
                return ExitCode.Success;
            }

            TextWriter output = result.InvocationConfiguration.Output;
            output.WriteLine(source is null
                ? $"here already: {path}"
                : $"{package.Name} {package.Version} from {source}");
            if (source is not null)
            {
                output.WriteLine($"checked: {package.Integrity}");
                output.WriteLine($"installed: {path}");
                output.WriteLine("licence: MIT (DuckDB)");
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static Command Status()
    {
        Option<bool> json = DataOutput.JsonOption();
        Command command = new("status", "Say which DuckDB is used, its version and hash, or what to run.") { json };
        command.WithExamples("finml data engine status", "finml data engine status --json");
        command.SetGuardedAction(result =>
        {
            string path = DuckDbConnection.LoadEngine();
            using FileStream library = File.OpenRead(path);
            string hash = Convert.ToHexStringLower(SHA256.HashData(library));
            string version = DuckDbConnection.EngineVersion;
            if (result.GetValue(json))
            {
                DataOutput.WriteJson(result, new { path, version, sha256 = hash });
            }
            else
            {
                TextWriter output = result.InvocationConfiguration.Output;
                output.WriteLine($"DuckDB {version}");
                output.WriteLine($"file    {path}");
                output.WriteLine($"sha256  {hash}");
            }

            return ExitCode.Success;
        });
        return command;
    }
}
