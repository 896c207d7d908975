namespace FinML.Evaluation;

/// <summary>A named fall of the market. Its returns are those after the close of <see cref="From"/> up to the close of
/// <see cref="To"/>.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="From">The close before it began: the peak.</param>
/// <param name="To">The close that ended it: the trough.</param>
/// <param name="Index">Whose closes the dates are from.</param>
/// <param name="IndexReturn">What the index lost between the two closes, as a fraction.</param>
/// <param name="Source">Where it is described.</param>
public sealed record Crisis(
    string Name, DateOnly From, DateOnly To, string Index, double IndexReturn, string Source);
