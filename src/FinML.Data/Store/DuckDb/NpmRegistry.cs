namespace FinML.Data.Store;

/// <summary>
/// Which npm registry the user's configuration names: the environment (npm_config_registry), then .npmrc here, in the
/// home folder and of the machine, as npm itself looks; a registry of the @duckdb scope stands before the general one
/// of the same file. Nothing else of those files is read.
/// </summary>
public static class NpmRegistry
{
    /// <summary>The public registry.</summary>
    public static Uri Public { get; } = new("https://registry.npmjs.org/");

    /// <summary>The registry of this user.</summary>
    public static Uri Configured() =>
        Configured(Environment.GetEnvironmentVariable, Directory.GetCurrentDirectory(),
            Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), "/usr/local/etc/npmrc", "/etc/npmrc");

    internal static Uri Configured(Func<string, string?> variable, string here, string home,
        params string[] machineFiles)
    {
        string? given = Given(variable("npm_config_registry")) ?? Given(variable("NPM_CONFIG_REGISTRY"));
        string userFile = Given(variable("npm_config_userconfig")) ?? Given(variable("NPM_CONFIG_USERCONFIG"))
            ?? Path.Combine(home, ".npmrc");
        given ??= ((string[])[Path.Combine(here, ".npmrc"), userFile, .. machineFiles])
            .Select(file => ReadFrom(file, variable)).FirstOrDefault(r => r is not null);
        return given is null ? Public : Parse(given);
    }

    /// <summary>The address as a registry's.</summary>
    /// <exception cref="DataException">It is not an http or https address.</exception>
    public static Uri Parse(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https"
            ? uri!
            : throw new DataException($"The npm registry '{address}' is not an http or https address.");
    }

    private static string? ReadFrom(string file, Func<string, string?> variable)
    {
        string? general = null, scoped = null;
        foreach (string line in File.Exists(file) ? File.ReadAllLines(file) : [])
        {
            string[] parts = line.Split('=', 2, StringSplitOptions.TrimEntries);
            if (parts.Length != 2)
                continue;
            string value = Expand(parts[1].Trim('"', '\''), variable);
            if (parts[0] == "registry")
                general = value;
            else if (parts[0] == "@duckdb:registry")
                scoped = value;
        }

        return scoped ?? general;
    }

    /// <summary>npm puts environment variables where a file says ${NAME}.</summary>
    private static string Expand(string value, Func<string, string?> variable)
    {
        for (int start; (start = value.IndexOf("${", StringComparison.Ordinal)) >= 0;)
        {
            int end = value.IndexOf('}', start);
            if (end < 0)
                return value;
            value = value[..start] + variable(value[(start + 2)..end]) + value[(end + 1)..];
        }

        return value;
    }

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}
