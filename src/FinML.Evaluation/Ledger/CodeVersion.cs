using System.Security.Cryptography;
using System.Text;

namespace FinML.Evaluation;

/// <summary>
/// What code runs, as one hash: over the module identifiers of the workbench's assemblies, which a deterministic build
/// derives from the sources.
/// </summary>
public static class CodeVersion
{
    /// <summary>SHA-256, in hexadecimal.</summary>
    public static string Hash { get; } = Compute();

    private static string Compute()
    {
        // The assemblies that a number can pass through on its way to the ledger.
        Type[] parts =
        [
            typeof(Tensor), typeof(Data.Panel), typeof(Markets.Portfolio), typeof(Models.ModelCard),
                typeof(Agents.PpoOptions),
            typeof(Training.CheckpointStore), typeof(Statistics.Moments), typeof(CodeVersion),
        ];
        string identifiers = string.Join('\n', parts.Select(part => part.Module.ModuleVersionId));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identifiers)));
    }
}
