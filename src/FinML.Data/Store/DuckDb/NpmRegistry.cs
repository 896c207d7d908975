using FinML.Shared;

namespace FinML.Data.Store;

/// <summary>
/// Which npm registry the user's configuration names: the environment (npm_config_registry), then .npmrc here, in the
/// home folder and of the machine, as npm itself looks; a registry of the @duckdb scope stands before the general one
/// of the same file. Nothing else of those files is read.
/// </summary>
public static class NpmRegistry
{
    private const string Scope = "@duckdb";

    /// <summary>The public registry.</summary>
    public static Uri Public { get; } = new(NpmConfiguration.Public);

    /// <summary>The registry of this user.</summary>
    public static Uri Configured() => Parse(NpmConfiguration.Registry(Scope));

    internal static Uri Configured(Func<string, string?> variable, string here, string home,
        params string[] machineFiles) => Parse(NpmConfiguration.Registry(Scope, variable, here, home, machineFiles));

    /// <summary>The address as a registry's.</summary>
    /// <exception cref="DataException">It is not an http or https address.</exception>
    public static Uri Parse(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https"
            ? uri!
            : throw new DataException($"The npm registry '{address}' is not an http or https address.");
    }
}
