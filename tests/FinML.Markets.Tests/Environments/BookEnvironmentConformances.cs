using FinML.Markets.Execution;
using FinML.Markets.MarketMaking;

namespace FinML.Markets.Tests.Environments;

public sealed class MarketMakingConforms() : EnvironmentConformance(() => new MarketMakingEnvironment());

public sealed class ExactFillsConform() : EnvironmentConformance(
    () => new MarketMakingEnvironment(
        new() { Fills = FillConvention.Exact, InventoryLimit = 3, InventoryPenalty = 0.1 }));

public sealed class OptimalExecutionConforms() : EnvironmentConformance(() => new OptimalExecutionEnvironment());
