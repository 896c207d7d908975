using FinML.Markets.Execution;
using FinML.Markets.MarketMaking;
using FinML.Markets.Tests.Participants;

namespace FinML.Markets.Tests.Environments;

public sealed class MarketMakingConforms() : EnvironmentConformance(() => new MarketMakingEnvironment());

public sealed class ExactFillsConform() : EnvironmentConformance(
    () => new MarketMakingEnvironment(
        new() { Fills = FillConvention.Exact, InventoryLimit = 3, InventoryPenalty = 0.1 }));

public sealed class OptimalExecutionConforms() : EnvironmentConformance(() => new OptimalExecutionEnvironment());

public sealed class OrderBookConforms() : EnvironmentConformance(OrderBookEnvironmentTests.Make);
