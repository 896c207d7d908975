using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace FinML.Tests;

/// <summary>
/// One PostgreSQL server for all tests of the process: that of FINML_TEST_POSTGRES (a connection string), or one that
/// is started in a temporary folder from the programs of this machine (Debian: postgresql) and stopped at the end.
/// </summary>
internal static class PostgresServer
{
    private static readonly Lazy<(string? ConnectionString, string? Missing)> Server = new(Start);

    /// <summary>The connection string; skips the test, and says why, where there is no server.</summary>
    internal static string Require()
    {
        Skip.If(Server.Value.Missing is not null, Server.Value.Missing);
        return Server.Value.ConnectionString!;
    }

    private static (string?, string?) Start()
    {
        if (Environment.GetEnvironmentVariable("FINML_TEST_POSTGRES") is { Length: > 0 } given)
            return (given, null);
        string? programs = Directory.Exists("/usr/lib/postgresql")
            ? Directory.EnumerateDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin"))
                .LastOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")))
            : null;
        if (programs is null)
            return (null, "There is no PostgreSQL here: install it (Debian: postgresql), or set FINML_TEST_POSTGRES to "
                + "a connection string.");
        string folder = Directory.CreateTempSubdirectory("finml-postgres-").FullName;
        try
        {
            // The server refuses to run as root.
            string[] user = Environment.IsPrivilegedProcess ? ["runuser", "-u", "postgres", "--"] : [];
            if (user.Length > 0)
                Run(["chown", "postgres", folder]);
            string data = Path.Combine(folder, "data");
            Run([.. user, Path.Combine(programs, "initdb"), "-D", data, "-U", "finml", "-A", "trust", "-N", "-E",
                "UTF8", "--no-locale"]);
            int port = FreePort();
            string control = Path.Combine(programs, "pg_ctl");
            // A watcher of its own stops the server and clears the folder: it does so for tests that crash, too.
            Run(["setsid", "--fork", "/bin/sh", "-c",
                "pid=$1; folder=$2; shift 2; while kill -0 \"$pid\"; do sleep 1; done; \"$@\"; rm -rf \"$folder\"",
                "sh", Environment.ProcessId.ToString(CultureInfo.InvariantCulture), folder,
                .. user, control, "-D", data, "-m", "immediate", "stop"]);
            Run([.. user, control, "-D", data, "-w", "-l", Path.Combine(folder, "log"), "-o",
                $"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off", "start"]);
            return ($"Host=127.0.0.1;Port={port};Database=postgres;Username=finml", null);
        }
        catch (InvalidOperationException error)
        {
            return (null, $"No PostgreSQL server can be started here: {error.Message}");
        }
    }

    private static void Run(string[] command)
    {
        // The server that pg_ctl leaves behind keeps its streams: they go nowhere.
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = "/" };
        foreach (string argument in new[] { "-c", "exec \"$@\" >/dev/null 2>&1 </dev/null", "sh" }.Concat(command))
            start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        if (!process.WaitForExit(60_000) || process.ExitCode != 0)
            throw new InvalidOperationException($"'{string.Join(' ', command)}' did not work.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
