using FinML.Shared;

namespace FinML.Torch;

/// <summary>
/// All that a training run needs to go on to the same bits: weights, what the optimiser remembers, the position in the
/// random stream, and what the caller adds. One file with a checksum, replaced whole or not at all; the one before is
/// kept beside it as "path.previous".
/// </summary>
/// <example><code>
/// Checkpoint.Save("run.checkpoint", model, optimizer, generator, new() { ["step"] = BitConverter.GetBytes(step) });
/// // in another process, with model, optimizer and generator made as before
/// var extra = Checkpoint.Load("run.checkpoint", model, optimizer, generator);
/// step = BitConverter.ToInt32(extra["step"]);
/// </code></example>
public static class Checkpoint
{
    private const string Model = "model", Optimizer = "optimizer", Generator = "generator", Extra = "extra:";

    /// <summary>The file that holds the checkpoint before the one at <paramref name="path"/>.</summary>
    public static string PreviousOf(string path) => path + ".previous";

    /// <summary>Saves a run. A checkpoint that stands at the path, and is not damaged, is kept as
    /// <see cref="PreviousOf"/>.</summary>
    /// <param name="path">The file; its folder is made where needed.</param>
    /// <param name="model">Its parameters and persistent buffers.</param>
    /// <param name="optimizer">Over the model's parameters.</param>
    /// <param name="generator">The random stream of dropout, shuffling and the like.</param>
    /// <param name="extra">Whatever else the run remembers, by name: step, schedules, losses.</param>
    public static void Save(
        string path, torch.nn.Module model, torch.optim.Optimizer? optimizer = null, torch.Generator? generator = null,
        Dictionary<string, byte[]>? extra = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Dictionary<string, byte[]> sections = Capture(model, optimizer, generator, extra);

        // A copy, not a rename: whenever the power fails, a whole checkpoint stands at the path.
        if (File.Exists(path) && CheckpointFile.IsIntact(path))
        {
            AtomicFile.WriteInFolder(PreviousOf(path), path, static (stream, source) =>
            {
                using FileStream from = File.OpenRead(source);
                from.CopyTo(stream);
            });
        }

        CheckpointFile.Write(path, sections);
    }

    /// <summary>Puts a saved run back.</summary>
    /// <param name="path">What <see cref="Save"/> wrote.</param>
    /// <param name="model">Built as the saved one was.</param>
    /// <param name="optimizer">Over this model's parameters.</param>
    /// <param name="generator">The random stream.</param>
    /// <returns>What was saved as extra.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is no checkpoint, is truncated or damaged, or lacks what is
    /// asked for; nothing was changed.</exception>
    /// <exception cref="ArgumentException">Names or shapes do not fit the model or the optimiser.</exception>
    public static Dictionary<string, byte[]> Load(
        string path, torch.nn.Module model, torch.optim.Optimizer? optimizer = null, torch.Generator? generator = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        IReadOnlyDictionary<string, byte[]> sections = Read(path);
        try
        {
            return Restore(sections, model, optimizer, generator);
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"'{path}' cannot be restored: {error.Message}", error);
        }
    }

    /// <summary>The sections that <see cref="Save"/> writes, for a store that names its files itself.</summary>
    /// <param name="model">Its parameters and persistent buffers.</param>
    /// <param name="optimizer">Over the model's parameters.</param>
    /// <param name="generator">The random stream of dropout, shuffling and the like.</param>
    /// <param name="extra">Whatever else the run remembers, by name.</param>
    public static Dictionary<string, byte[]> Capture(
        torch.nn.Module model, torch.optim.Optimizer? optimizer = null, torch.Generator? generator = null,
        Dictionary<string, byte[]>? extra = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        Dictionary<string, byte[]> sections = new() { [Model] = safetensors.save(model.state_dict()) };
        if (optimizer is not null)
            sections[Optimizer] = OptimizerStates.Save(optimizer);
        if (generator is not null)
            sections[Generator] = Bytes(generator);
        foreach ((string name, byte[] bytes) in extra ?? [])
            sections[Extra + name] = bytes;
        return sections;
    }

    /// <summary>Puts back what <see cref="Capture"/> gave.</summary>
    /// <param name="sections">The sections.</param>
    /// <param name="model">Built as the saved one was.</param>
    /// <param name="optimizer">Over this model's parameters.</param>
    /// <param name="generator">The random stream.</param>
    /// <returns>What was captured as extra.</returns>
    /// <exception cref="InvalidDataException">A section is missing or corrupt; nothing was changed.</exception>
    /// <exception cref="ArgumentException">Names or shapes do not fit the model or the optimiser.</exception>
    public static Dictionary<string, byte[]> Restore(
        IReadOnlyDictionary<string, byte[]> sections, torch.nn.Module model, torch.optim.Optimizer? optimizer = null,
        torch.Generator? generator = null)
    {
        ArgumentNullException.ThrowIfNull(sections);
        ArgumentNullException.ThrowIfNull(model);
        byte[] weights = Section(Model);
        byte[]? moments = optimizer is null ? null : Section(Optimizer);
        using torch.Tensor? stream = generator is null ? null : Stream(generator, Section(Generator));
        Dictionary<string, torch.Tensor> state = safetensors.load(weights);
        model.load_state_dict(state);
        foreach (torch.Tensor tensor in state.Values)
            tensor.Dispose();
        if (optimizer is not null)
            OptimizerStates.Load(optimizer, moments);
        if (stream is not null)
            generator!.set_state(stream);
        return sections.Where(s => s.Key.StartsWith(Extra, StringComparison.Ordinal))
            .ToDictionary(s => s.Key[Extra.Length..], s => s.Value);

        byte[] Section(string name) => sections.TryGetValue(name, out byte[]? bytes)
            ? bytes
            : throw new InvalidDataException($"the checkpoint holds no {name}.");
    }

    private static IReadOnlyDictionary<string, byte[]> Read(string path)
    {
        try
        {
            return CheckpointFile.Read(path);
        }
        catch (InvalidDataException error) when (File.Exists(PreviousOf(path)))
        {
            throw new InvalidDataException($"{error.Message} '{PreviousOf(path)}' holds the one before it.", error);
        }
    }

    private static byte[] Bytes(torch.Generator generator)
    {
        using torch.Tensor state = generator.get_state();
        return state.bytes.ToArray();
    }

    // The state of a generator has the dtype and size that get_state gives, and differs by engine.
    private static torch.Tensor Stream(torch.Generator generator, byte[] bytes)
    {
        torch.Tensor state = generator.get_state();
        if (state.bytes.Length != bytes.Length)
        {
            throw new InvalidDataException(
                $"the checkpoint holds a generator's state of {bytes.Length} bytes, this engine's has "
                + $"{state.bytes.Length}.");
        }

        bytes.CopyTo(state.bytes);
        return state;
    }
}
