using FinML.Shared;

namespace FinML.Data;

/// <summary>
/// Computed features in a folder, a file an entry. Any number of processes may use one folder at once: an entry appears
/// whole by a rename, is checked against its own SHA-256 when it is read, and is computed again where it is damaged or
/// gone. Two processes that need the same entry may both compute it; they write the same bytes. A cache never makes a
/// computation fail: where the disk refuses, the result is given out and not stored.
/// </summary>
public sealed class FeatureCache
{
    private const string Extension = ".features";

    private readonly FeatureCacheOptions _options;
    private readonly TimeProvider _clock;

    /// <summary>The cache in a folder, which is made when the first entry is stored.</summary>
    /// <param name="folder">The folder; other files in it are left alone.</param>
    /// <param name="options">Its bounds.</param>
    /// <param name="clock">What says when an entry was used; the system's where it is left out.</param>
    /// <exception cref="ArgumentException">The folder is empty, or an option is outside its range.</exception>
    public FeatureCache(string folder, FeatureCacheOptions? options = null, TimeProvider? clock = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        _options = options ?? new FeatureCacheOptions();
        _options.Validate();
        _clock = clock ?? TimeProvider.System;
        Folder = Path.GetFullPath(folder);
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>The features of one asset, read or computed.</summary>
    /// <exception cref="ArgumentException">The panel lacks the asset or a field that a feature reads.</exception>
    public CachedFeatures GetOrCompute(FeatureSet set, Panel panel, string asset) =>
        GetOrCompute(FeatureCacheKey.Of(set, panel, asset), () => set.Compute(panel, asset));

    /// <summary>The features of one asset with their policies for missing values, read or computed.</summary>
    /// <exception cref="ArgumentException">As above, or a policy needs training rows.</exception>
    public CachedFeatures GetOrCompute(FilledFeatureSet set, Panel panel, string asset, TrainingSlice? train = null) =>
        GetOrCompute(FeatureCacheKey.Of(set, panel, asset, train), () => set.Compute(panel, asset, train));

    /// <summary>The features of that key, read or computed.</summary>
    /// <param name="key">All that the result depends on.</param>
    /// <param name="compute">Computes them; called at most once.</param>
    public CachedFeatures GetOrCompute(FeatureCacheKey key, Func<FeatureMatrix> compute)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(compute);
        string path = PathOf(key);
        byte[]? bytes = Try(() => File.Exists(path) ? ReadShared(path) : null);
        if (bytes is not null && FeatureFile.Read(key, bytes) is { } features)
        {
            Try(() => File.SetLastWriteTimeUtc(path, _clock.GetUtcNow().UtcDateTime)); // used now
            return new CachedFeatures(features, CacheOutcome.Hit);
        }

        features = compute();
        byte[] entry = FeatureFile.Write(key, features);
        bool stored = entry.Length <= _options.MaximumBytes && Try(() =>
        {
            AtomicFile.Write(path, entry);
            File.SetLastWriteTimeUtc(path, _clock.GetUtcNow().UtcDateTime);
        });
        Trim(path);
        return new CachedFeatures(features, !stored ? CacheOutcome.NotStored
            : bytes is null ? CacheOutcome.Computed : CacheOutcome.Rebuilt);
    }

    /// <summary>The file of an entry.</summary>
    internal string PathOf(FeatureCacheKey key) => Path.Combine(Folder, key.Hash + Extension);

    /// <summary>Removes the least recently used entries beyond the bound, and what dead processes left.</summary>
    private void Trim(string newest)
    {
        FileInfo[] files = Try(() => new DirectoryInfo(Folder).GetFiles($"*{Extension}*")) ?? [];
        DateTime abandoned = _clock.GetUtcNow().UtcDateTime - _options.Abandoned;
        long total = 0;
        foreach (FileInfo file in files.Where(file => file.Extension == ".tmp"))
        {
            Try(() =>
            {
                if (file.LastWriteTimeUtc < abandoned)
                {
                    file.Delete();
                }
            });
        }

        // The newest first; what another process removes meanwhile has no length any more and is passed over.
        foreach (FileInfo file in files.Where(file => file.Extension == Extension)
            .OrderByDescending(file => file.FullName == newest).ThenByDescending(file => file.LastWriteTimeUtc)
            .ThenBy(file => file.Name, StringComparer.Ordinal))
        {
            Try(() =>
            {
                if (total + file.Length <= _options.MaximumBytes)
                {
                    total += file.Length;
                }
                else
                {
                    file.Delete();
                }
            });
        }
    }

    private static byte[] ReadShared(string path)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static bool Try(Action action) => Try<object>(() =>
    {
        action();
        return true;
    }) is not null;

    /// <summary>The result, or null where the file system says no: another process was faster, or has no
    /// right.</summary>
    private static T? Try<T>(Func<T?> action) where T : class
    {
        try
        {
            return action();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
