using FinML.Data;
using FinML.Markets.Participants;

namespace FinML.Markets.Tests.Participants;

/// <summary>Kyle (1985): the single auction in closed form, the sequential one by its own properties.</summary>
public sealed class KyleTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 0.5)]
    [InlineData(0.25, 30)]
    public void OneAuctionHasTheClosedForm(double priorVariance, double noise)
    {
        var model = new KyleModel(1, priorVariance, noise);
        double deviation = Math.Sqrt(priorVariance);
        Assert.Equal(deviation / (2 * noise), model.Lambda(0), 1e-12 * deviation / noise);
        Assert.Equal(noise / deviation, model.Beta(0), 1e-12 * noise / deviation);
        Assert.Equal(priorVariance / 2, model.Variance(0), 1e-12 * priorVariance);
        Assert.Equal(noise * deviation / 2, model.ExpectedProfit, 1e-12 * noise * deviation);
    }

    /// <summary>λ tends to √Σ₀ / σ_u, the variance falls evenly to 0, the profit doubles.</summary>
    [Fact]
    public void ManyAuctionsTendToTheContinuousOne()
    {
        var model = new KyleModel(4_000, priorVariance: 4, noiseDeviation: 5);
        Assert.Equal(10, model.ExpectedProfit, 0.1);
        for (int n = 0; n < 3_600; n += 400)
        {
            Assert.Equal(0.4, model.Lambda(n), 0.01);
            Assert.Equal(4 * (1 - (n + 1) / 4_000.0), model.Variance(n), 0.05);
        }
    }

    /// <summary>The equations of theorem 2, put together again from what the solution says.</summary>
    [Fact]
    public void TheDifferenceEquationsHold()
    {
        var model = new KyleModel(10, 2, 3);
        double before = 2;
        for (int n = 0; n < 10; n++)
        {
            double beta = model.Beta(n), lambda = model.Lambda(n), gain = beta * lambda * model.TimeStep;
            Assert.Equal((1 - gain) * before, model.Variance(n), 1e-12);
            Assert.Equal(beta * model.Variance(n) / 9, lambda, 1e-12);
            before = model.Variance(n);
        }
    }

    /// <summary>20,000 runs of 4 auctions: the value given the flow is the price, with the variance that remains; the
    /// insider earns what it expects, and less with more or less aggression.</summary>
    [Fact]
    public void PricesAreFairAndTheInsiderCannotDoBetter()
    {
        var model = new KyleModel(4, 4, 3);
        const int Runs = 20_000;
        double[] cross = new double[4], square = new double[4];
        double error = 0, profit = 0, profitSquares = 0, timid = 0, bold = 0;
        for (int run = 0; run < Runs; run++)
        {
            KyleAuctions auctions = KyleAuctions.Run(model, new RandomStream((ulong)run), 100);
            double price = 100;
            for (int n = 0; n < 4; n++)
            {
                cross[n] += (auctions.Value - price) * auctions.Flows[n];
                square[n] += auctions.Flows[n] * auctions.Flows[n];
                price = auctions.Prices[n];
            }

            error += (auctions.Value - price) * (auctions.Value - price);
            profit += auctions.InsiderProfit;
            profitSquares += auctions.InsiderProfit * auctions.InsiderProfit;
            timid += KyleAuctions.Run(model, new RandomStream((ulong)run), 100, 0.6).InsiderProfit;
            bold += KyleAuctions.Run(model, new RandomStream((ulong)run), 100, 1.4).InsiderProfit;
        }

        for (int n = 0; n < 4; n++)
            Assert.Equal(model.Lambda(n), cross[n] / square[n], 0.04 * model.Lambda(n)); // regression, 4 se
        Assert.Equal(model.Variance(3), error / Runs, 4 * model.Variance(3) * Math.Sqrt(2.0 / Runs));
        double mean = profit / Runs, deviation = Math.Sqrt(profitSquares / Runs - mean * mean);
        Assert.Equal(model.ExpectedProfit, mean, 4 * deviation / Math.Sqrt(Runs));
        Assert.True(timid < profit && bold < profit, $"{timid}, {profit}, {bold}");
    }
}
