using FinML.Notebooks.Packages;

namespace FinML.Notebooks.Tests.Packages;

public sealed class PackageRequestTests
{
    [Theory]
    [InlineData("X", "X", null)]
    [InlineData(" MathNet.Numerics , 5.0.0 ", "MathNet.Numerics", "5.0.0")]
    [InlineData("X,1.0.0-beta.2", "X", "1.0.0-beta.2")]
    [InlineData("X, *-*", "X", "*-*")]
    [InlineData("X, 1.*", "X", "1.*")]
    [InlineData("X, 1.2.*-beta*", "X", "1.2.*-beta*")]
    [InlineData("X, [1.0, 2.0)", "X", "[1.0, 2.0)")]
    [InlineData("X, [1.2.3]", "X", "[1.2.3]")]
    [InlineData("X, (,2.0]", "X", "(,2.0]")]
    public void A_request_is_a_name_with_or_without_a_version(string text, string id, string? version) =>
        Assert.Equal(new PackageRequest(id, version), PackageRequest.Parse(text));

    [Theory]
    [InlineData("", "needs the name of a package")]
    [InlineData("X Y", "\"X Y\" is not the name of a package")]
    [InlineData("../X", "\"../X\" is not the name of a package")]
    [InlineData("X,", "a version is missing behind the comma of \"X,\"")]
    [InlineData("X, newest", "\"newest\" is not a version of a package")]
    [InlineData("X, 1.2.3.4.5", "\"1.2.3.4.5\" is not a version of a package")]
    [InlineData("X, [1.0", "\"[1.0\" is not a version of a package")]
    [InlineData("X, (1.0)", "\"(1.0)\" is not a version of a package")]
    [InlineData("X, (,)", "\"(,)\" is not a version of a package")]
    [InlineData("X, 1.0\" Include=\"Y", "is not a version of a package")]
    public void Anything_else_is_refused(string text, string why)
    {
        var error = Assert.Throws<ReferenceException>(() => PackageRequest.Parse(text));
        Assert.Contains(why, error.Message);
        Assert.NotNull(error.Hint);
    }

    [Fact]
    public void Versions_are_ordered_as_SemVer_orders_them()
    {
        // The example of semver.org, section 11, between neighbours of NuGet's four numbers.
        string[] order =
        [
            "0.9.9.9", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2",
            "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.0.0.1", "1.0.10", "1.2",
        ];
        Assert.Equal(order, order.Reverse().Select(v => PackageVersion.TryParse(v)!).Order().Select(v => v.Text));
        Assert.True(PackageVersion.TryParse("1.0")!.IsSame(PackageVersion.TryParse("1.0.0+build")!));
        Assert.Null(PackageVersion.TryParse("1.0.99999999999"));
    }
}
