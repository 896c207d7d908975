namespace FinML.Benchmarks;

/// <summary>A table of measurements: work of ours by name, a script that does the same work elsewhere, and the rows.
/// </summary>
/// <param name="Name">The command's first word, and the key in targets.json.</param>
/// <param name="PeerName">What the peer is called in the table.</param>
/// <param name="PeerScript">Path of the peer's script from the program's folder; it speaks <see cref="Server"/>'s
/// protocol; null where there is no peer.</param>
/// <param name="PeerWithoutAvx512">Environment variables that keep the peer from using it.</param>
/// <param name="Works">Makes ready what a name stands for; the action then does it once.</param>
/// <param name="Rows">In the order of the table.</param>
/// <param name="SetThreads">Sets how many threads our work may use.</param>
/// <param name="Version">What of ours is measured, with its version.</param>
internal sealed record Suite(
    string Name, string PeerName, string? PeerScript, IReadOnlyDictionary<string, string> PeerWithoutAvx512,
    IReadOnlyDictionary<string, Func<Action>> Works, IReadOnlyList<Row> Rows, Action<int> SetThreads, string Version);
