namespace FinML.Shared;

/// <summary>
/// Which npm registry the user's configuration names: the environment (npm_config_registry), then .npmrc here, in the
/// home folder and of the machine, as npm itself looks; the registry of a package's scope stands before the general
/// one of the same file. Nothing else of those files is read.
/// </summary>
internal static class NpmConfiguration
{
    public const string Public = "https://registry.npmjs.org/";

    /// <summary>The address of this user's registry for a scope (such as @duckdb), or null for packages without
    /// one.</summary>
    public static string Registry(string? scope) =>
        Registry(scope, Environment.GetEnvironmentVariable, Directory.GetCurrentDirectory(),
            Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), "/usr/local/etc/npmrc", "/etc/npmrc");

    public static string Registry(string? scope, Func<string, string?> variable, string here, string home,
        params string[] machineFiles)
    {
        string? given = Given(variable("npm_config_registry")) ?? Given(variable("NPM_CONFIG_REGISTRY"));
        string userFile = Given(variable("npm_config_userconfig")) ?? Given(variable("NPM_CONFIG_USERCONFIG"))
            ?? Path.Combine(home, ".npmrc");
        return given ?? ((string[])[Path.Combine(here, ".npmrc"), userFile, .. machineFiles])
            .Select(file => ReadFrom(file, scope, variable)).FirstOrDefault(r => r is not null) ?? Public;
    }

    private static string? ReadFrom(string file, string? scope, Func<string, string?> variable)
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
            else if (scope is not null && parts[0] == $"{scope}:registry")
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
