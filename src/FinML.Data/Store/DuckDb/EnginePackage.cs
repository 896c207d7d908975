using System.Runtime.InteropServices;

namespace FinML.Data.Store;

/// <summary>
/// The npm package that holds DuckDB's library for one platform, and the SHA-512 of its archive as the registry states
/// it. The versions are the newest whose hash the registry gave; the C API that is used is the same in all of them.
/// </summary>
/// <param name="Platform">As npm names it: linux-x64, linux-arm64, darwin-x64, darwin-arm64 or win32-x64.</param>
/// <param name="Version">Of the package; its first three numbers are DuckDB's.</param>
/// <param name="Integrity">"sha512-" and the hash in base 64.</param>
/// <param name="Library">The name of the library in the archive.</param>
public sealed record EnginePackage(string Platform, string Version, string Integrity, string Library)
{
    /// <summary>Every platform that there is a package for.</summary>
    public static IReadOnlyList<EnginePackage> All { get; } =
    [
        new("linux-x64", "1.5.6-r.1",
            "sha512-IXcrZJE6kEqM0Z4wwdVnGBHX/frOS33VPNAwDXQ/Q+Fs84b058Qe94chrCCIcNJlG8Y3UHIUU4eBeCQxW5mN1Q==",
            "libduckdb.so"),
        new("linux-arm64", "1.5.5-r.5",
            "sha512-CafH2AIvXtpwDynG3KB/4uEOHRGlFoB7auCRMIwH3BKNIobsANV5LSpDJ3tfyRCFIsK6e8AT1eseWVnu2Dv3cw==",
            "libduckdb.so"),
        new("darwin-x64", "1.5.5-r.5",
            "sha512-rN0KjX13MwVQ5V5ufykolty/tf4SaafOpGWcUA1Cegf98jPeRdsJsEE1IMXn8n3u6WvMSZEVJmHJ3ma4Hr7Vzg==",
            "libduckdb.dylib"),
        new("darwin-arm64", "1.5.5-r.5",
            "sha512-WJdeLTFy4pRg60rkbp9smtlP1iIQ8ErtIJkxS+2LQtM1ZZMSByyW+3WPpNoKe7IwPtVl2fLlPw7tDmQW4Z974g==",
            "libduckdb.dylib"),
        new("win32-x64", "1.5.5-r.5",
            "sha512-mBGFn8netT/AAhK4TOG6Fw47+Db68CxCVtQ9qfxZc1kZAjds+aYrh17Fd/u5CbTDdxILsrcyuF8q9cUcm54kQA==",
            "duckdb.dll"),
    ];

    /// <summary>This machine as npm names it.</summary>
    public static string CurrentPlatform { get; } =
        (OperatingSystem.IsWindows() ? "win32" : OperatingSystem.IsMacOS() ? "darwin" : "linux")
        + "-" + RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    /// <summary>The package of this machine; null where there is none.</summary>
    public static EnginePackage? Current { get; } = All.FirstOrDefault(p => p.Platform == CurrentPlatform);

    /// <summary>The package's name on a registry.</summary>
    public string Name => $"@duckdb/node-bindings-{Platform}";

    /// <summary>Where a registry has the archive.</summary>
    public Uri AddressOn(Uri registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        return new Uri($"{registry.ToString().TrimEnd('/')}/{Name}/-/node-bindings-{Platform}-{Version}.tgz");
    }
}
