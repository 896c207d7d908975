namespace FinML.Notebooks.Kernel;

/// <summary>What could stand at a place of the code.</summary>
/// <param name="Items">Text and kind (method, property, class, keyword, variable ...) of each, best first.</param>
/// <param name="Start">Where the text that they replace begins, in UTF-16 code units.</param>
/// <param name="End">Where it ends.</param>
internal sealed record KernelCompletions(IReadOnlyList<(string Text, string Kind)> Items, int Start, int End);
