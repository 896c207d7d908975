namespace FinML.Data;

/// <summary>One channel of a batch.</summary>
/// <param name="Values">(batch, time, features), oldest step first, 0 where missing: float32, or int64 codes of a
/// categorical channel.</param>
/// <param name="Mask">(batch, time, features), bool: true where the value is there.</param>
public sealed record ChannelBatch(Tensor Values, Tensor Mask);
