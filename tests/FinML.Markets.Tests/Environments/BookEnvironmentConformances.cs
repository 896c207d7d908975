using FinML.Markets.Execution;
using FinML.Markets.MarketMaking;
using FinML.Markets.Tests.Participants;
using FinML.Markets.Tests.Replay;

namespace FinML.Markets.Tests.Environments;

public sealed class MarketMakingConforms() : EnvironmentConformance(() => new MarketMakingEnvironment());

public sealed class LinearFillsConform() : EnvironmentConformance(
    () => new MarketMakingEnvironment(
        new() { Fills = FillConvention.Linear, InventoryLimit = 3, InventoryPenalty = 0.1 }));

public sealed class OptimalExecutionConforms() : EnvironmentConformance(() => new OptimalExecutionEnvironment());

public sealed class OrderBookConforms() : EnvironmentConformance(OrderBookEnvironmentTests.Make);

public sealed class ReplayConforms() : EnvironmentConformance(HistoricalMarketTests.Environment);
