namespace FinML.Shared;

/// <summary>The folder in which this user's programs keep what can be had again.</summary>
internal static class UserCache
{
    /// <summary>XDG_CACHE_HOME or ~/.cache, ~/Library/Caches on macOS, the local application data on Windows; null
    /// where the user has no home folder.</summary>
    public static string? Folder()
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string folder = OperatingSystem.IsWindows()
            ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : OperatingSystem.IsMacOS() ? Path.Combine(home, "Library", "Caches")
            : Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } xdg ? xdg
            : Path.Combine(home, ".cache");
        return Path.IsPathRooted(folder) ? folder : null;
    }
}
