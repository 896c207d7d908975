using FinML.Data;

namespace FinML.Markets.MarketMaking;

/// <summary>
/// Making a market as in Avellaneda and Stoikov (2008). In a step of dt the bid and the ask may each be hit once, at
/// the quotes set before; then the mid moves up or down by σ √dt with equal probability.
/// </summary>
/// <remarks>
/// Action: (bid offset, ask offset) from the mid, in currency (<see cref="QuoteOffsets"/>). Observation: the inventory
/// over its limit, and the fraction of the horizon that is left. Reward: the change of cash + inventory × mid, less
/// φ q² dt. The horizon is part of the task: its end terminates, with the inventory valued at the mid.
/// </remarks>
public sealed class MarketMakingEnvironment : EpisodicEnvironment
{
    private readonly MarketMakingOptions options;
    private readonly double jump;

    private double mid, cash;
    private int inventory;

    public MarketMakingEnvironment(MarketMakingOptions? options = null)
        : base(
            new Box([-1, 0], [1, 1]),
            Box.Uniform(
                -(float)(options ?? new()).Validate().MaximumOffset, (float)(options ?? new()).MaximumOffset, 2))
    {
        this.options = options ?? new MarketMakingOptions();
        jump = this.options.Volatility * Math.Sqrt(this.options.TimeStep);
    }

    /// <summary>In currency.</summary>
    public double Mid => mid;

    /// <summary>Units held; negative where short.</summary>
    public int Inventory => inventory;

    /// <summary>Cash + inventory × mid, in currency; an episode starts with 0.</summary>
    public double Wealth => cash + inventory * mid;

    /// <summary>T - t.</summary>
    public double TimeLeft => (options.Steps - Steps) * options.TimeStep;

    protected override void Start(RandomStream random)
    {
        mid = options.InitialPrice;
        cash = 0;
        inventory = 0;
    }

    protected override StepResult Advance(ReadOnlySpan<float> action, RandomStream random)
    {
        double before = Wealth;
        Trade(new QuoteOffsets(action[0], action[1]), random);
        double reward = Wealth - before - options.InventoryPenalty * inventory * inventory * options.TimeStep;
        return new StepResult(reward, Steps >= options.Steps, false);
    }

    /// <summary>One step: fills at the quotes, then the mid moves.</summary>
    private void Trade(QuoteOffsets offsets, RandomStream random)
    {
        // Three draws a step, whatever happens: policies can be compared on the same seeds.
        bool bought = random.NextDouble() < options.FillProbability(offsets.Bid);
        bool sold = random.NextDouble() < options.FillProbability(offsets.Ask);
        bool up = random.NextDouble() < 0.5;
        int before = inventory;
        if (bought && before < options.InventoryLimit)
        {
            inventory++;
            cash -= mid - offsets.Bid;
        }

        if (sold && before > -options.InventoryLimit)
        {
            inventory--;
            cash += mid + offsets.Ask;
        }

        mid += up ? jump : -jump;
    }

    protected override void Observe(Span<float> observation)
    {
        observation[0] = (float)inventory / options.InventoryLimit;
        observation[1] = (float)(options.Steps - Steps) / options.Steps;
    }

    protected override void Save(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(mid);
        writer.Write(cash);
        writer.Write(inventory);
    }

    protected override void Load(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        mid = reader.ReadDouble();
        cash = reader.ReadDouble();
        inventory = reader.ReadInt32();
    }
}
