using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FinML.Notebooks;

/// <summary>The cache in one run: which tagged cells come from it, and what goes into it.</summary>
/// <param name="session">The run's session.</param>
/// <param name="options">Has the cache, and what keys are made of.</param>
/// <param name="dirty">Whether tracked files differ from the commit.</param>
internal sealed class CachedRun(ScriptSession session, NotebookHostOptions options, Task<bool?> dirty)
{
    private sealed record Pending(CachedCell Cell, string Key, IReadOnlyDictionary<string, string?> Before);

    private readonly Dictionary<string, string> data = new(StringComparer.Ordinal);
    private Pending? pending; // the tagged cell that runs
    private CellCacheEntry? taken; // the entry that stands in for the cell

    /// <summary>The numbers of the cells that came from the cache.</summary>
    public List<int> Taken { get; } = [];

    /// <summary>The data sets that cells from the cache had read, with their SHA-256.</summary>
    public IReadOnlyDictionary<string, string> Data => data;

    /// <summary>Puts what the cache holds for a cell in its place; false where the cell has to run.</summary>
    /// <param name="cell">The cell, read by the compiler.</param>
    /// <param name="above">The code cells up to it, itself included.</param>
    /// <param name="globals">What cells see.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="NotebookException">A declared input is not there.</exception>
    public async Task<bool> TakeAsync(
        CachedCell cell, IReadOnlyList<NotebookCell> above, NotebookGlobals globals, CancellationToken stop)
    {
        (pending, taken) = (null, null);
        if (options.Cache is not { } cache)
            return false;
        var key = CacheKey.Of(above, options);
        if (cache.Find(key) is { } entry && IsCurrent(entry)
            && await RestoreAsync(cell, entry, above.Count, globals, stop))
        {
            foreach (var (name, hash) in entry.Data)
                data[name] = hash;
            Taken.Add(above.Count);
            taken = entry;
            return true;
        }

        pending = new Pending(cell, key, Snapshot(cell.Spoken));
        return false;
    }

    /// <summary>Ends a cell that is not tagged, or failed.</summary>
    public void Leave() => (pending, taken) = (null, null);

    /// <summary>Ends a cell that went well: marks what came from the cache, stores what did not.</summary>
    public async Task EndAsync(NotebookCell cell, int number, DateTimeOffset started, TimeSpan elapsed)
    {
        if (taken is { } entry)
        {
            var note = new CellOutput.Display(MimeBundle.OfText(entry.Sentence)).ToJson();
            cell.Json["outputs"] = new JsonArray(
                [note, .. JsonArray.Create(entry.Outputs)!.Select(output => output?.DeepClone())]);
        }
        else if (pending is { } made && await StoreAsync(made, cell, started, elapsed) is { } problem)
        {
            options.Cache!.Note?.Invoke($"In[{number}] is not cached: {problem}.");
        }

        Leave();
    }

    private async Task<string?> StoreAsync(Pending made, NotebookCell cell, DateTimeOffset started, TimeSpan elapsed)
    {
        var now = Snapshot(made.Cell.Spoken);
        if (made.Before.FirstOrDefault(pair => pair.Value is null || now[pair.Key] != pair.Value).Key is { } changed)
            return $"it changes '{changed}' of an earlier cell";
        var variables = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var name in made.Cell.Variables)
        {
            var variable = session.Variable(name)!;
            if (CachedValue.Write(variable.Value, variable.Type, out var problem) is not { } json)
                return $"'{name}' cannot be held, {problem}";
            variables[name] = json;
        }

        var read = new Dictionary<string, string>(options.DataHashes?.Invoke() ?? data, StringComparer.Ordinal);
        foreach (var (name, hash) in data)
            read[name] = hash;
        try
        {
            options.Cache!.Store(new CellCacheEntry
            {
                Key = made.Key,
                Notebook = options.Name,
                Cell = cell.Id,
                Made = started,
                Commit = RunRecord.GitCommit(options.BaseDirectory),
                Dirty = await dirty,
                Seconds = elapsed.TotalSeconds,
                Data = read,
                Variables = variables,
                Outputs = JsonSerializer.SerializeToElement(cell.Json["outputs"]),
            });
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return error.Message.TrimEnd('.'); // the run is not worse for it
        }
    }

    /// <summary>Whether the data sets that the entry read are what they were.</summary>
    private bool IsCurrent(CellCacheEntry entry) =>
        entry.Data.All(set => options.DataHash?.Invoke(set.Key) == set.Value);

    /// <summary>Declares what the cell declares, and gives the variables their values.</summary>
    private async Task<bool> RestoreAsync(
        CachedCell cell, CellCacheEntry entry, int number, NotebookGlobals globals, CancellationToken stop)
    {
        var before = session.Mark();
        session.ForgetUnfinished(); // what was compiled ahead follows another cell now
        try
        {
            var script = session.Add(cell.Declarations, number, stoppable: false);
            session.Compile(script, stop);
            await session.RunAsync(script, globals, stop);
            foreach (var name in cell.Variables)
            {
                var variable = session.Variable(name)!;
                variable.Value = CachedValue.Read(entry.Variables[name], variable.Type);
            }

            return true;
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or NotSupportedException
            or InvalidOperationException)
        {
            session.Return(before);
            options.Cache!.Note?.Invoke($"the cached result of In[{number}] does not fit its code: the cell runs.");
            return false;
        }
    }

    /// <summary>The SHA-256 of what variables hold; null for one that cannot be told.</summary>
    private Dictionary<string, string?> Snapshot(IReadOnlyList<string> names) => names.ToDictionary(
        name => name,
        name => session.Variable(name) is { } variable
            && CachedValue.Write(variable.Value, variable.Type, out _) is { } json
            ? Convert.ToHexStringLower(SHA256.HashData(JsonMarshal.GetRawUtf8Value(json)))
            : null);
}
