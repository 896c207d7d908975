namespace FinML.Benchmarks;

/// <summary>The processes that a run measures: this one, the peer's, and a child without AVX-512.</summary>
internal sealed class Bench(Suite suite, ProcessRunner? peer) : IDisposable
{
    private ProcessRunner? narrow;

    internal LocalRunner Ours { get; } = new(suite);

    internal ProcessRunner? Peer => peer;

    /// <summary>A child of this program whose runtime was told that there is no AVX-512.</summary>
    internal ProcessRunner Narrow => narrow ??= new ProcessRunner(
        "the AVX2 child", Environment.ProcessPath!, Arguments("serve", suite.Name), new Dictionary<string, string>
        {
            ["DOTNET_EnableAVX512"] = "0",  // .NET 10
            ["DOTNET_EnableAVX512F"] = "0", // up to .NET 9
        });

    /// <summary>The peer's process; null where its Python lacks it.</summary>
    /// <param name="suite">Has the script.</param>
    /// <param name="python">As the user gave it, or null for the default.</param>
    /// <exception cref="UsageException">The user's own choice does not work.</exception>
    internal static ProcessRunner? FindPeer(Suite suite, string? python)
    {
        string script = Path.Combine(AppContext.BaseDirectory, suite.PeerScript);
        try
        {
            return new ProcessRunner(suite.PeerName, python ?? "/usr/bin/python3", [script]);
        }
        catch (UsageException) when (python is null)
        {
            return null;
        }
    }

    public void Dispose()
    {
        peer?.Dispose();
        narrow?.Dispose();
    }

    /// <summary>Arguments of <see cref="Environment.ProcessPath"/> that start this program again: under
    /// <c>dotnet</c> the assembly comes first.</summary>
    internal static IEnumerable<string> Arguments(params string[] words) =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
            ? [Path.Combine(AppContext.BaseDirectory, "FinML.Benchmarks.dll"), .. words]
            : words;
}
