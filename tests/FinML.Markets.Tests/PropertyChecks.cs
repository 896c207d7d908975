using FsCheck;
using FsCheck.Fluent;

namespace FinML.Markets.Tests;

/// <summary>How properties are run: a fixed start, so that a failure is the same on every machine.</summary>
internal static class PropertyChecks
{
    internal static void QuickCheckThrowOnFailureWith(this Property property) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(200).WithReplay(20_260_101UL, 7UL), property);
}
