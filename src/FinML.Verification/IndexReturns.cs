namespace FinML.Verification;

/// <summary>Daily returns of the four indices of R's EuStockMarkets, 1991-1998.</summary>
internal static class IndexReturns
{
    internal static double[] Log(VerificationContext context, string index)
    {
        var prices = context.Catalog.Load("eu-indices").Column(index, "close");
        var returns = new double[prices.Length - 1];
        for (int t = 0; t < returns.Length; t++)
            returns[t] = Math.Log(prices[t + 1]) - Math.Log(prices[t]);
        return returns;
    }
}
