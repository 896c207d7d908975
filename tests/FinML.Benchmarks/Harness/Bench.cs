namespace FinML.Benchmarks;

/// <summary>The processes that a run measures: this one and the peer's, and one of each that does without AVX-512.
/// </summary>
internal sealed class Bench : IDisposable
{
    private static readonly IReadOnlyDictionary<string, string> NoAvx512 = new Dictionary<string, string>
    {
        ["DOTNET_EnableAVX512"] = "0",  // .NET 10
        ["DOTNET_EnableAVX512F"] = "0", // up to .NET 9
    };

    private readonly Suite suite;
    private readonly string python;
    private ProcessRunner? narrow, narrowPeer;

    /// <param name="suite">Has the peer's script.</param>
    /// <param name="python">As the user gave it; null: /usr/bin/python3, where that has the peer.</param>
    /// <exception cref="UsageException">The user's own choice does not work.</exception>
    internal Bench(Suite suite, string? python)
    {
        this.suite = suite;
        this.python = python ?? "/usr/bin/python3";
        Ours = new LocalRunner(suite);
        try
        {
            Peer = suite.PeerScript is null ? null : StartPeer(null);
        }
        catch (UsageException) when (python is null)
        {
            Peer = null;
        }
    }

    internal LocalRunner Ours { get; }

    /// <summary>Null where there is none.</summary>
    internal ProcessRunner? Peer { get; }

    /// <summary>A child of this program whose runtime was told that there is no AVX-512.</summary>
    internal ProcessRunner Narrow => narrow ??= new ProcessRunner(
        "the AVX2 child", Environment.ProcessPath!, Arguments("serve", suite.Name), NoAvx512);

    /// <summary>The peer, told the same.</summary>
    internal ProcessRunner? NarrowPeer => Peer is null ? null : narrowPeer ??= StartPeer(suite.PeerWithoutAvx512);

    public void Dispose()
    {
        Peer?.Dispose();
        narrow?.Dispose();
        narrowPeer?.Dispose();
    }

    private ProcessRunner StartPeer(IReadOnlyDictionary<string, string>? variables) => new(
        suite.PeerName, python, [Path.Combine(AppContext.BaseDirectory, suite.PeerScript!)], variables);

    /// <summary>Arguments of <see cref="Environment.ProcessPath"/> that start this program again: under
    /// <c>dotnet</c> the assembly comes first.</summary>
    internal static IEnumerable<string> Arguments(params string[] words) =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
            ? [Path.Combine(AppContext.BaseDirectory, "FinML.Benchmarks.dll"), .. words]
            : words;
}
